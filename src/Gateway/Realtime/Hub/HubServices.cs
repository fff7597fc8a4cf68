using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Registers the hub.</summary>
internal static class HubServices
{
    /// <summary>After this our own look for a silent client, which says good-bye, has had its turn.</summary>
    private static readonly TimeSpan ClientTimeout = HubLink.MaxSilence * 1.5;

    public static void AddChatHub(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSignalR();
        services.AddOptions<HubOptions>().Configure<IOptions<LinkOptions>, IOptions<DeliveryOptions>, ChatFilter>((hub, links, delivery, filter) =>
        {
            hub.KeepAliveInterval = delivery.Value.HeartbeatPeriod;
            hub.ClientTimeoutInterval = ClientTimeout;
            // One more than a frame may have: so that ours sees it, and not SignalR.
            hub.MaximumReceiveMessageSize = links.Value.InboundFrameBytes + 1;
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.DisableImplicitFromServicesParameters = true;
            hub.AddFilter(filter);
        });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(provider => Protocol(provider, new JsonHubProtocol(
            Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = HubJson.Options }))));
        services.AddSingleton<IHubProtocol>(provider => Protocol(provider, new MessagePackHubProtocol(
            Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = MessagePackResolver.Options }))));
        services.AddSingleton<HubLifetimeManager<ChatHub>, ChatLifetime>();
        services.AddSingleton<ChatFilter>();
        services.AddSingleton<HubLinks>();
        services.AddSingleton<ChannelPresence>();
        services.AddHostedService<HubFarewell>();
        // It tells the address of each request before anything of ours can take a token out of it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
    }

    public static void MapChatHub(this WebApplication app)
    {
        var options = new HttpConnectionDispatcherOptions { Transports = HttpTransportType.WebSockets, AllowStatefulReconnects = false };
        // Made with the first link, where SignalR would do it now: before the host has looked at its options, and waited for what it needs.
        var hub = new Lazy<HubConnectionHandler<ChatHub>>(() =>
        {
            options.TransportSendTimeout = app.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value.WriteTimeout;
            return app.Services.GetRequiredService<HubConnectionHandler<ChatHub>>();
        });
        app.MapConnections(ChatHub.Path, options, connections => connections.Run(connection => hub.Value.OnConnectedAsync(connection)))
            .RequireAuthorization();
    }

    private static ChatProtocol Protocol(IServiceProvider provider, IHubProtocol inner) =>
        new(inner, provider.GetRequiredService<IOptions<LinkOptions>>().Value.InboundFrameBytes);
}
