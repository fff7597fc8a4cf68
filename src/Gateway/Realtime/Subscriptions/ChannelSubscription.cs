using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>
/// One connection's subscription to one channel. It delivers no frames until its result is ready, which states the position that the frames
/// continue from.
/// </summary>
internal sealed class ChannelSubscription : IFeedSubscriber, IDisposable
{
    private readonly IFeedSubscriber _connection;
    private readonly FeedSubscription _subscription;
    private readonly ChannelHistoryClient _history;
    private ChannelCursor? _cursor;
    private volatile bool _isActive;
    private int _hasNewFrames;

    public ChannelSubscription(ChannelFeeds feeds, ChannelHistoryClient history, ChannelName channel, IFeedSubscriber connection)
    {
        (_connection, _history) = (connection, history);
        _subscription = feeds.Subscribe(channel, this);
    }

    public ChannelName Channel => Feed.Channel;

    public bool HasRunningReply => _cursor is { HasRunningReply: true };

    public bool IsOwnerUnreachable => _cursor is { IsOwnerUnreachable: true };

    public bool HasEnded => _cursor is { HasEnded: true };

    public long UnreadBytes => _cursor is { } cursor ? Feed.UnreadBytes(cursor) : 0;

    private ChannelFeed Feed => _subscription.Feed;

    /// <summary>
    /// Sets a flag of this subscription, so that a connection with a hundred channels reads only those that have new frames.
    /// </summary>
    public void Pulse()
    {
        Volatile.Write(ref _hasNewFrames, 1);
        if (_isActive)
            _connection.Pulse();
    }

    /// <summary>
    /// Finds the starting position and reads the frames that the client has missed before it: all of them, or the client is not
    /// recovered.
    /// </summary>
    public async Task<SubscribeResult> StartAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        await Feed.EnsureAttachedAsync().WaitAsync(cancellationToken);
        var resume = request.Replies is { IsDefault: false } replies ? replies : [];
        var entry = Feed.StartReading(request.Position, resume);
        if (IsAhead(request.Position, entry.Position))
        {
            // The client has received frames from another gateway that have not arrived here yet, or its position is invalid.
            await Feed.RestartAttachAsync().WaitAsync(cancellationToken);
            entry = Feed.StartReading(request.Position, resume);
        }

        _cursor = entry.Cursor;
        var missed = await RecoverAsync(request.Position, entry, cancellationToken);
        return new SubscribeResult(
            Channel, Recovered: missed is not null, entry.Position.Epoch, entry.Position.Offset, missed ?? [], Error: null);
    }

    /// <summary>Starts the delivery of frames, because the result of the subscription is ready.</summary>
    public void Activate()
    {
        _isActive = true;
        Pulse();
    }

    /// <summary>Adds new frames to the burst. False when the burst is full and more frames are left.</summary>
    public bool Read(FrameBurst burst)
    {
        if (Interlocked.Exchange(ref _hasNewFrames, 0) == 0 || _cursor is not { } cursor || Feed.Read(cursor, burst))
            return true;
        Volatile.Write(ref _hasNewFrames, 1);
        return false;
    }

    public void Dispose() => _subscription.Dispose();

    private static bool IsAhead(ChannelPosition? known, ChannelPosition at) =>
        known is { } position && position.Epoch == at.Epoch && position.Offset > at.Offset;

    private async Task<ImmutableArray<SharedFrame>?> RecoverAsync(
        ChannelPosition? known, SubscriptionStart entry, CancellationToken cancellationToken)
    {
        if (known is not { } position || position.Epoch != entry.Position.Epoch || IsAhead(known, entry.Position))
            return null;
        if (entry.Missed is not null || !Feed.IsStored)
            return entry.Missed;
        var frames = await _history.ReadAsync(Channel, new HistoryRange(position, entry.Position.Offset), cancellationToken);
        return frames is null ? null : [.. frames.Select(frame => new SharedFrame(frame))];
    }
}
