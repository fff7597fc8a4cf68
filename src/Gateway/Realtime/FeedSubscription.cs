namespace JubileeVerse.Gateway.Realtime;

/// <summary>One connection's interest in a channel. Disposing it ends the interest, not the feed.</summary>
/// <param name="feed">The channel's.</param>
/// <param name="listener">Who is told of news; null for one who asks, or who follows a reply.</param>
internal sealed class FeedSubscription(ChannelFeed feed, IFeedListener? listener) : IDisposable
{
    private int _hasLeft;

    public ChannelFeed Feed => feed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            feed.Leave(listener);
    }
}
