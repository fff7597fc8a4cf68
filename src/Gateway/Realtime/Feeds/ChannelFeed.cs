using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// One channel, which this gateway follows on behalf of all its local subscribers.
/// <para>
/// Attaching asks the channel's owner to send its frames to this gateway, and returns the channel's current state. Frames may overtake
/// that response. While the feed does not know its position (first attachment, lost frames, a hole), frames are therefore held; they are
/// merged after the attachment and after the missing frames have been read. The merge rule makes any order and any repetition harmless.
/// Attaching again also checks the position: the attachment is merged with what the feed has, and an open reply that it does not list has
/// ended without its end frame having arrived here.
/// </para>
/// </summary>
internal sealed partial class ChannelFeed(
    IChannelOwner owner,
    ChannelHistoryClient history,
    GatewayIdentity gateway,
    DeliveryOptions options,
    TimeProvider time,
    ILogger<ChannelFeed> logger)
{
    /// <summary>
    /// More frames than a channel sends during one attachment. Beyond this limit the held frames are dropped and read again.
    /// </summary>
    private const int MaxHeldFrames = 1000;

    /// <summary>Older frames are read from the channel history, where the channel is stored.</summary>
    private static readonly TimeSpan RingAge = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly ChannelLog _log = new(owner.Channel, time);
    private readonly FeedAttachment _attachment = new(time);
    private readonly List<ChannelFrame> _held = [];
    private HashSet<IFeedSubscriber>? _subscribers;
    private bool _isClosed;
    private long _closedGeneration;
    private int _subscriberCount;
    private long _unfollowedAt = time.GetTimestamp();
    private long _lastFrameAt = time.GetTimestamp();

    public ChannelName Channel => owner.Channel;

    /// <summary>True when frames that the feed has dropped can be read from the channel history.</summary>
    public bool IsStored => owner.IsStored;

    /// <summary>Returns null when the feed has been closed meanwhile; the caller must create a new one.</summary>
    public FeedSubscription? TrySubscribe(IFeedSubscriber? subscriber = null)
    {
        lock (_gate)
        {
            if (_isClosed)
                return null;
            _subscriberCount++;
            if (subscriber is not null)
                (_subscribers ??= []).Add(subscriber);
            return new FeedSubscription(this, subscriber);
        }
    }

    public void Unsubscribe(IFeedSubscriber? subscriber)
    {
        lock (_gate)
        {
            if (subscriber is not null)
                _subscribers?.Remove(subscriber);
            if (--_subscriberCount == 0)
                (_unfollowedAt, _subscribers) = (time.GetTimestamp(), null);
        }
    }

    /// <summary>
    /// Returns the channel's position, the frames after a position that a client knows, and a cursor for the frames that follow.
    /// </summary>
    public SubscriptionStart StartReading(ChannelPosition? known, ImmutableArray<ResumeReply> resume)
    {
        lock (_gate)
        {
            return new SubscriptionStart(
                _log.Position.GetValueOrDefault(),
                new ChannelCursor(Channel, _log, resume),
                known is { } position ? _log.Ring.After(position) : null);
        }
    }

    /// <summary>Adds the frames after the cursor and moves it forward. False when the burst is full and more frames are left.</summary>
    public bool Read(ChannelCursor cursor, FrameBurst burst)
    {
        lock (_gate)
            return cursor.Read(_log, burst);
    }

    public long UnreadBytes(ChannelCursor cursor)
    {
        lock (_gate)
            return cursor.UnreadBytes(_log);
    }

    public LiveReply? Find(ReplyId id)
    {
        lock (_gate)
            return _log.Replies.Find(id);
    }

    /// <summary>Adds a reply that is open according to the store.</summary>
    public LiveReply Open(ReplyId id)
    {
        lock (_gate)
            return _log.Replies.Open(id);
    }

    public void Apply(ChannelFrame frame)
    {
        lock (_gate)
        {
            _lastFrameAt = time.GetTimestamp();
            if (!_attachment.IsHolding)
            {
                Merge(frame);
                PulseAll();
            }
            else
            {
                Hold(frame);
            }
        }
    }

    /// <summary>
    /// Starts the checks that are due; called about once a second. True when the feed has had no subscriber for
    /// so long that it has been closed.
    /// </summary>
    public bool Sweep()
    {
        lock (_gate)
        {
            if (_subscriberCount == 0 && !_attachment.IsAttaching && time.GetElapsedTime(_unfollowedAt) >= options.DetachAfter)
            {
                // The generation is drawn now and not when the detach is sent, because a feed that is created in between must have the
                // higher one.
                (_isClosed, _closedGeneration) = (true, gateway.NextGeneration());
                return true;
            }

            var isQuiet = _log.Replies.AnyOpen && time.GetElapsedTime(_lastFrameAt) >= options.QuietCheckPeriod;
            AttachIf(_subscriberCount > 0 && _attachment.IsCheckDue(isQuiet, options));
            if (_attachment.HasFailed && time.GetElapsedTime(_lastFrameAt) >= options.LostAfter)
            {
                _log.Replies.MarkUnreachable();
                PulseAll();
            }

            _log.Ring.Trim(time.GetTimestamp() - (long)(RingAge.TotalSeconds * time.TimestampFrequency));
            return false;
        }
    }

    /// <summary>
    /// Detaches from the owner, because this gateway has no subscriber left. A failed call costs little: the silo drops a gateway that
    /// does not want its frames.
    /// </summary>
    public async Task DetachAsync()
    {
        try
        {
            await owner.DetachAsync(gateway.Id, _closedGeneration);
        }
        catch (Exception exception)
        {
            LogDetachFailed(Channel, exception.Message);
        }
    }

    private void Hold(ChannelFrame frame)
    {
        if (_held.Count < MaxHeldFrames)
        {
            _held.Add(frame);
        }
        else
        {
            _held.Clear();
            _attachment.Request();
        }

        AttachIf(_attachment.IsRequestDue);
    }

    private void Merge(ChannelFrame frame, bool wasHeld = false)
    {
        switch (_log.Apply(frame))
        {
            case FrameMergeResult.Known when wasHeld:
                _log.ApplyCovered(frame);
                break;
            case FrameMergeResult.Gap:
                _held.Add(frame);
                AttachIf(_attachment.HoldAndRequest());
                break;
            case FrameMergeResult.TextGap:
                AttachIf(_attachment.HoldAndRequest());
                break;
        }
    }

    private void PulseAll()
    {
        if (_subscribers is null)
            return;
        foreach (var subscriber in _subscribers)
            subscriber.Pulse();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} could not be attached: {Reason}")]
    private partial void LogAttachFailed(ChannelName channel, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Channel {Channel} could not be detached: {Reason}")]
    private partial void LogDetachFailed(ChannelName channel, string reason);
}
