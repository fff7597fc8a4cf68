using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Hub.Encoding;
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
    /// <summary>
    /// Longer than <see cref="HubConnection.MaxSilence"/>, so that a silent client is closed with a closing frame before SignalR aborts it.
    /// </summary>
    private static readonly TimeSpan ClientTimeout = HubConnection.MaxSilence * 1.5;

    public static void AddChatHub(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSignalR();
        services.AddOptions<HubOptions>()
            .Configure<IOptions<ClientConnectionOptions>, IOptions<DeliveryOptions>, ChatHubFilter>((hub, limits, delivery, filter) =>
            {
                hub.KeepAliveInterval = delivery.Value.HeartbeatPeriod;
                hub.ClientTimeoutInterval = ClientTimeout;
                // One byte more than a frame may have, so that ChatHubProtocol refuses a frame that is too long, and not SignalR.
                hub.MaximumReceiveMessageSize = limits.Value.InboundFrameBytes + 1;
                hub.MaximumParallelInvocationsPerClient = 1;
                hub.DisableImplicitFromServicesParameters = true;
                hub.AddFilter(filter);
            });
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(provider => Protocol(provider, new JsonHubProtocol(
            Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = HubJson.Options }))));
        services.AddSingleton<IHubProtocol>(provider => Protocol(provider, new MessagePackHubProtocol(
            Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = MessagePackResolver.Options }))));
        services.AddSingleton<HubLifetimeManager<ChatHub>, ChatHubLifetimeManager>();
        services.AddSingleton<ChatHubFilter>();
        services.AddSingleton<HubConnectionFactory>();
        services.AddSingleton<ChannelPresence>();
        services.AddHostedService<HubShutdownNotifier>();
        // This category logs the URL of each request before QueryToken can remove the token from it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
    }

    public static void MapChatHub(this WebApplication app)
    {
        var options = new HttpConnectionDispatcherOptions { Transports = HttpTransportType.WebSockets, AllowStatefulReconnects = false };
        // Created with the first connection. SignalR's MapHub would create it now, before the host has validated its options and its
        // dependencies.
        var hub = new Lazy<HubConnectionHandler<ChatHub>>(() =>
        {
            options.TransportSendTimeout = app.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value.WriteTimeout;
            return app.Services.GetRequiredService<HubConnectionHandler<ChatHub>>();
        });
        app.MapConnections(ChatHub.Path, options, connections => connections.Run(connection => hub.Value.OnConnectedAsync(connection)))
            .RequireAuthorization();
    }

    private static ChatHubProtocol Protocol(IServiceProvider provider, IHubProtocol inner) =>
        new(inner, provider.GetRequiredService<IOptions<ClientConnectionOptions>>().Value.InboundFrameBytes);
}
