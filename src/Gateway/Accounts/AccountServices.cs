using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Bearer;
using JubileeVerse.Gateway.Sessions.Cookie;
using JubileeVerse.Gateway.Sessions.Keys;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Storage;
using JubileeVerse.Operations;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

internal static class AccountServices
{
    private const string ApplicationName = "jubileeverse";

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddKnownOptions<SessionsOptions>(OptionSections.Sessions);
        services.TryAddSingleton<ISessionStore, GrainTicketStore>();
        services.AddSingleton<CookieSessions>();
        services.AddSingleton<SessionSignIn>();
        services.AddSingleton<TokenSessions>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        AddKeys(services);

        services.AddAuthentication(SessionSchemes.Default)
            .AddPolicyScheme(SessionSchemes.Default, null, scheme => scheme.ForwardDefaultSelector = SessionSchemeSelector.SchemeOf)
            .AddCookie(SessionSchemes.Cookie)
            .AddCookie(SessionSchemes.NewSession)
            .AddBearerToken();
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme)
            .Configure<IOptions<SessionsOptions>>((bearer, sessions) =>
            {
                bearer.BearerTokenExpiration = sessions.Value.AccessTokenLifetime;
                bearer.RefreshTokenExpiration = sessions.Value.RefreshTokenLifetime;
            });

        services.AddSingleton<IAuthorizationHandler, AdminRequirement.Handler>();
        services.AddAuthorizationBuilder().AddPolicy(
            AdminRequirement.Policy,
            policy => policy.RequireAuthenticatedUser().AddRequirements(new AdminRequirement()));
    }

    /// <summary>Stores sessions and data protection keys in Redis, for a gateway in a cluster.</summary>
    public static void AddRedisSessions(this IServiceCollection services)
    {
        services.AddSingleton<RedisCircuitBreaker>();
        services.AddSingleton<RedisSessions>();
        services.AddSingleton<RecentSessions>();
        services.AddSingleton<ISessionStore, RedisTicketStore>();
        services.AddSingleton<RedisKeyRepository>();
        services.AddHostedService<DataProtectionKeyCache>();
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
            keys.XmlRepository ??= provider.GetService<RedisKeyRepository>() ?? (IXmlRepository)new FileSystemXmlRepository(
                Directory.CreateDirectory(provider.GetRequiredService<IOptions<SessionsOptions>>().Value.KeysDirectory),
                provider.GetRequiredService<ILoggerFactory>()));
    }
}
