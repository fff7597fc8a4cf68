using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Drain;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Operations;
using JubileeVerse.Realtime;
using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Realtime;

internal static class RealtimeServices
{
    public const string MeterName = "jubileeverse.gateway.realtime";

    public static void AddRealtime(this IServiceCollection services)
    {
        services.AddKnownOptions<DeliveryOptions>(OptionSections.Realtime);
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<ChannelOwnerFactory>();
        services.AddSingleton<ChannelAccess>();
        services.AddSingleton<ChannelFeeds>();
        services.AddSingleton<UserPresenceFeed>();
        services.AddSingleton<UserConnectionCloser>();
        services.AddSingleton<ConnectionReporter>();
        services.AddSingleton<LiveConnections>();
        services.AddKnownOptions<ConnectionDrainOptions>(OptionSections.Realtime);
        services.AddSingleton<ConnectionDrain>();
        services.AddSingleton<IDrainStep>(provider => provider.GetRequiredService<ConnectionDrain>());
        services.AddHostedService(provider => provider.GetRequiredService<ConnectionDrain>());
        services.AddSingleton<ReplyFinder>();
        services.AddSingleton<ReplyConnectionFactory>();
        services.AddKnownOptions<ClientConnectionOptions>(OptionSections.Realtime);
        services.AddKnownOptions<UserConnectionOptions>(OptionSections.Realtime);
        services.AddSingleton<ReconnectDelays>();
        services.AddSingleton<ConnectionPump>();
        services.AddHostedService(provider => provider.GetRequiredService<ConnectionPump>());
        services.AddHostedService<FeedSweeper>();
        services.AddSubscriptions();
        services.AddHostedService<GatewayHeartbeat>();
    }
}
