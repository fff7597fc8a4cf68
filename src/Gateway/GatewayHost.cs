using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Gateway.Queues;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Management;

namespace JubileeVerse.Gateway;

/// <summary>
/// Registers and maps the gateway, which runs in its own process or inside a silo's. It requires an <see cref="IGrainFactory"/> in the
/// services and does not depend on where that comes from.
/// </summary>
public static class GatewayHost
{
    private const string ServiceName = "jubileeverse-gateway";

    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.AddHttp();
        builder.AddManagementOnSeparatePort();
        builder.Services.AddAccounts();
        builder.Services.AddLimits();
        builder.Services.AddQueueAdmin();
        builder.Services.AddRealtime();
        builder.Services.AddEvents();
        builder.AddChatHub();
        builder.Services.AddHealth();
        return builder;
    }

    public static WebApplication UseGateway(this WebApplication app)
    {
        app.UseManagementOnSeparatePort();
        app.UseMiddleware<ErrorBoundary>();
        app.Use(QueryToken.MoveAsync);
        app.Use(RetryBudget.BeginAsync);
        app.UseForwardedHeaders();
        app.UseMiddleware<DrainMiddleware>();
        app.Use(SecurityHeaders.AddAsync);
        app.Use(BodyLimit.CheckAsync);
        app.UsePages();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<QueryTextMiddleware>();
        app.UseOutputCache();
        app.UseAuthentication();
        app.UseMiddleware<EndedSessionMiddleware>();
        app.UseMiddleware<CrossOriginMiddleware>();
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
