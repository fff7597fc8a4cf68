namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>One subscription to a feed. Disposing it ends the subscription, not the feed.</summary>
/// <param name="subscriber">Is pulsed for new frames; null when the holder only keeps the feed attached.</param>
internal sealed class FeedSubscription(ChannelFeed feed, IFeedSubscriber? subscriber) : IDisposable
{
    private int _hasLeft;

    public ChannelFeed Feed => feed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            feed.Unsubscribe(subscriber);
    }
}
