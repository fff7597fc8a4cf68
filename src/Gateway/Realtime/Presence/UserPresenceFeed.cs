using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Presence;

/// <summary>
/// Notifies the grain of each connected user of the user's connections to this gateway: at once when one is opened or closed, and again
/// with each check of the position of the user's channel, which is followed for as long as the user has a connection.
/// </summary>
internal sealed class UserPresenceFeed(ChannelFeeds feeds, LiveConnections connections)
{
    /// <summary>
    /// Keeps the user's grain notified of a connection until it is disposed. Completes when the grain has acknowledged the
    /// connection, or could not be reached; the feed then keeps trying. Callers need not await it.
    /// </summary>
    public Task TrackAsync(LiveConnection connection)
    {
        if (connection.UserConnection is null)
            throw new ArgumentException("A reply stream is not a connection that the user's grain counts.", nameof(connection));

        var subscription = feeds.Subscribe(ChannelName.For(connection.UserId));
        connection.OnDisposed(() => _ = ReleaseAsync(connection.UserId, subscription));
        return NotifyOwnerAsync(connection.UserId, subscription.Feed);
    }

    /// <summary>Notifies the user's grain of a changed connection now, and not with the next check.</summary>
    public async Task NotifyAsync(LiveConnection connection)
    {
        using var subscription = feeds.Subscribe(ChannelName.For(connection.UserId));
        await NotifyOwnerAsync(connection.UserId, subscription.Feed);
    }

    /// <summary>
    /// Follows the user's channel for a reply stream, which the user's grain does not count: the gateway then receives the end of the
    /// user's sessions while the stream is open. Callers need not await it.
    /// </summary>
    public async Task FollowAsync(LiveConnection connection)
    {
        var subscription = feeds.Subscribe(ChannelName.For(connection.UserId));
        connection.OnDisposed(subscription.Dispose);
        try
        {
            await subscription.Feed.EnsureAttachedAsync();
        }
        catch (Exception)
        {
            // The feed has logged the exception, and attaches again while it has subscribers.
        }
    }

    /// <summary>Notifies the grain of the closed connection now, and not when the feed detaches.</summary>
    private async Task ReleaseAsync(UserId userId, FeedSubscription subscription)
    {
        using (subscription)
            await NotifyOwnerAsync(userId, subscription.Feed);
    }

    /// <summary>
    /// Attaches until the grain has acknowledged the current connections, because an attachment that is under way may have read them
    /// before the change.
    /// </summary>
    private async Task NotifyOwnerAsync(UserId userId, ChannelFeed feed)
    {
        try
        {
            while (!connections.IsAcknowledged(userId))
                await feed.AttachAgainAsync();
        }
        catch (Exception)
        {
            // The feed has logged the exception. It attaches again while it has subscribers, and detaches when it has none.
        }
    }
}
