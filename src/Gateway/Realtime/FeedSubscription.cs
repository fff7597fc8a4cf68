namespace JubileeVerse.Gateway.Realtime;

/// <summary>One connection's interest in a channel. Disposing it ends the interest, not the feed.</summary>
internal sealed class FeedSubscription(ChannelFeed feed) : IDisposable
{
    private int _hasLeft;

    public ChannelFeed Feed => feed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            feed.Leave();
    }
}
