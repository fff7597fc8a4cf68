using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>Registers the services for the subscriptions of connections.</summary>
internal static class SubscriptionServices
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<ChannelHistoryClient>();
        services.AddSingleton<ConnectionSubscriptionsFactory>();
        services.AddHostedService<ConnectionSweeper>();
    }
}
