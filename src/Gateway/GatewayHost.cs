using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Events;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Management;

namespace JubileeVerse.Gateway;

/// <summary>
/// The gateway, wherever it runs: in a process of its own, or beside a silo. It needs an <see cref="IGrainFactory"/> in the services
/// and asks nothing of where that comes from.
/// </summary>
public static class GatewayHost
{
    private const string ServiceName = "jubileeverse-gateway";

    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.AddHttp();
        builder.AddManagementBeside();
        builder.Services.AddAccounts();
        builder.Services.AddLimits();
        builder.Services.AddRealtime();
        builder.Services.AddEvents();
        builder.AddChatHub();
        builder.Services.AddHealth();
        return builder;
    }

    public static WebApplication UseGateway(this WebApplication app)
    {
        app.UseManagementBeside();
        app.UseMiddleware<ErrorBoundary>();
        app.Use(QueryToken.MoveAsync);
        app.Use(RetryBudget.BeginAsync);
        app.UseForwardedHeaders();
        app.UseMiddleware<DrainNotice>();
        app.Use(SecurityHeaders.AddAsync);
        app.Use(BodyLimit.CheckAsync);
        app.UsePages();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<QueryGuard>();
        app.UseOutputCache();
        app.UseAuthentication();
        app.UseMiddleware<EndedSessionGuard>();
        app.UseMiddleware<CrossOriginGuard>();
        app.UseMiddleware<RateLimits>();
        app.UseAuthorization();

        app.MapAccounts();
        app.MapPersonas();
        app.MapConversations();
        app.MapRegenerate();
        app.MapReplies();
        app.MapEvents();
        app.MapChatHub();
        app.MapAdmin();
        app.MapHealth();
        app.MapApiDocument();
        app.MapDashboard();
        return app;
    }
}
