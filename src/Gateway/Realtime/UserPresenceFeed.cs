using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Keeps the grain of each person who is connected here in the know of their links: at once when one comes or goes, and again with each check of
/// the position of their channel, which is followed for as long as they have a link.
/// </summary>
internal sealed class UserPresenceFeed(ChannelFeeds feeds, LiveConnections connections)
{
    /// <summary>
    /// Holds a link until its connection is disposed. Completes when the person's grain has been told of it, or could not be: then the feed goes on
    /// trying. Nobody has to wait for it.
    /// </summary>
    public Task HoldAsync(LiveConnection connection)
    {
        if (connection.Link is null)
            throw new ArgumentException("The stream of one reply is no link.", nameof(connection));

        var subscription = feeds.Subscribe(ChannelName.Of(connection.UserId));
        connection.WhenGone(() => _ = ReleaseAsync(connection.UserId, subscription));
        return SayAsync(connection.UserId, subscription.Feed);
    }

    /// <summary>A link that is held has changed: its person's grain is told now, and not with the next check.</summary>
    public async Task TellAsync(LiveConnection connection)
    {
        using var subscription = feeds.Subscribe(ChannelName.Of(connection.UserId));
        await SayAsync(connection.UserId, subscription.Feed);
    }

    /// <summary>
    /// For the stream of one reply, which is no link: while it lives this gateway hears what is said to the person, and with that of the end of a
    /// session. Nobody counts it, and nobody has to wait for it.
    /// </summary>
    public async Task FollowAsync(LiveConnection connection)
    {
        var subscription = feeds.Subscribe(ChannelName.Of(connection.UserId));
        connection.WhenGone(subscription.Dispose);
        try
        {
            await subscription.Feed.ReadyAsync();
        }
        catch (Exception)
        {
            // The feed has logged it, and asks again while somebody listens.
        }
    }

    /// <summary>That nothing is left is said now, and not when the feed detaches.</summary>
    private async Task ReleaseAsync(UserId userId, FeedSubscription subscription)
    {
        using (subscription)
            await SayAsync(userId, subscription.Feed);
    }

    /// <summary>An attachment that is under way may have looked before the change; so it is repeated until what was said is what is.</summary>
    private async Task SayAsync(UserId userId, ChannelFeed feed)
    {
        try
        {
            while (!connections.IsSaid(userId))
                await feed.CheckAsync();
        }
        catch (Exception)
        {
            // The feed has logged it. It asks again while somebody listens, and detaches when nobody does.
        }
    }
}
