using JubileeVerse.Limits;
using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Accounts;

public static class AccountServices
{
    /// <summary>Adds accounts, sessions and the first admin. Requires the store, migrated before the host starts.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddLimits();
        services.AddKnownOptions<AdminOptions>(OptionSections.Admin);
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        services.AddSingleton<IAccountStore, SqlAccountStore>();
        services.AddSingleton<PasswordHashing>();
        services.AddHostedService<FirstAdmin>();
        services.AddHostedService<SessionSweeper>();
        return services;
    }
}
