using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>Creates the subscriptions of connections.</summary>
internal sealed class ConnectionSubscriptionsFactory(
    ChannelFeeds feeds, ChannelHistoryClient history, ChannelAccess access, ILogger<ConnectionSubscriptions> logger)
{
    /// <param name="userId">The user of the connection.</param>
    /// <param name="connection">Is pulsed when there is something to read.</param>
    /// <param name="maxChannels">The limit at a time, without the user's own channel and the announcements.</param>
    public IConnectionSubscriptions Create(UserId userId, IFeedSubscriber connection, int maxChannels) =>
        new ConnectionSubscriptions(userId, connection, maxChannels, feeds, history, access, logger);
}
