using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>One link's subscription of one channel. It hears nothing until its answer is there, which says from where on it hears all.</summary>
internal sealed class ChannelSubscription : IFeedListener, IDisposable
{
    private readonly IFeedListener _link;
    private readonly FeedSubscription _subscription;
    private readonly ChannelPast _past;
    private ChannelCursor? _cursor;
    private volatile bool _isActive;
    private int _hasNews;

    public ChannelSubscription(ChannelFeeds feeds, ChannelPast past, ChannelName channel, IFeedListener link)
    {
        (_link, _past) = (link, past);
        _subscription = feeds.Subscribe(channel, this);
    }

    public ChannelName Channel => Feed.Channel;

    public bool IsAnswering => _cursor is { IsAnswering: true };

    public bool IsLost => _cursor is { IsLost: true };

    public bool IsOver => _cursor is { IsOver: true };

    public long BehindBytes => _cursor is { } cursor ? Feed.Behind(cursor) : 0;

    private ChannelFeed Feed => _subscription.Feed;

    /// <summary>A note of its own, so that a link with a hundred channels looks at the one that has something new.</summary>
    public void Pulse()
    {
        Volatile.Write(ref _hasNews, 1);
        if (_isActive)
            _link.Pulse();
    }

    /// <summary>Finds where it begins, and what the client has missed before: all of it, or it is not recovered.</summary>
    public async Task<SubscribeAnswer> EnterAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        await Feed.ReadyAsync().WaitAsync(cancellationToken);
        var resume = request.Replies is { IsDefault: false } replies ? replies : [];
        var entry = Feed.Enter(request.Position, resume);
        if (IsAhead(request.Position, entry.At))
        {
            // It has heard elsewhere what has not come here yet; or it says what nobody can have told it.
            await Feed.CheckAnewAsync().WaitAsync(cancellationToken);
            entry = Feed.Enter(request.Position, resume);
        }

        _cursor = entry.Cursor;
        var missed = await RecoverAsync(request.Position, entry, cancellationToken);
        return new SubscribeAnswer(Channel, Recovered: missed is not null, entry.At.Epoch, entry.At.Offset, missed ?? [], Error: null);
    }

    /// <summary>Its answer is there: from now on it is told what comes.</summary>
    public void Activate()
    {
        _isActive = true;
        Pulse();
    }

    /// <summary>False: the burst is full, and there is more.</summary>
    public bool Read(FrameBurst burst)
    {
        if (Interlocked.Exchange(ref _hasNews, 0) == 0 || _cursor is not { } cursor || Feed.Read(cursor, burst))
            return true;
        Volatile.Write(ref _hasNews, 1);
        return false;
    }

    public void Dispose() => _subscription.Dispose();

    private static bool IsAhead(ChannelPosition? known, ChannelPosition at) => known is { } position && position.Epoch == at.Epoch && position.Offset > at.Offset;

    private async Task<ImmutableArray<SharedFrame>?> RecoverAsync(
        ChannelPosition? known, ChannelEntry entry, CancellationToken cancellationToken)
    {
        if (known is not { } position || position.Epoch != entry.At.Epoch || IsAhead(known, entry.At))
            return null;
        if (entry.Missed is not null || !Feed.IsStored)
            return entry.Missed;
        var past = await _past.ReadAsync(Channel, new HistoryRange(position, entry.At.Offset), cancellationToken);
        return past is null ? null : [.. past.Select(frame => new SharedFrame(frame))];
    }
}
