using System.Collections.Immutable;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// One channel, as this gateway follows it for all its local readers.
/// <para>
/// Attaching asks the channel's owner to send its frames here and answers with how things stand. Frames may overtake that answer, so
/// while the feed does not know where it stands (first attachment, frames lost, a hole) they are held, and merged after it and after what was
/// missing has been read. The merge rule makes any order and any repetition harmless. Attaching again is also the check of
/// the position: what it tells is merged with what is there, and a reply that it does not know any more has ended unheard.
/// </para>
/// </summary>
internal sealed partial class ChannelFeed(
    IChannelOwner owner, ChannelPast past, GatewayIdentity gateway, DeliveryOptions options, TimeProvider time, ILogger<ChannelFeed> logger)
{
    /// <summary>More frames than a channel sends while an attachment is under way; beyond, they are dropped and asked for again.</summary>
    private const int MaxHeldFrames = 1000;

    /// <summary>Older frames are had from the history, where there is one.</summary>
    private static readonly TimeSpan RingAge = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly ChannelLog _log = new(owner.Channel, time);
    private readonly List<ChannelFrame> _held = [];
    private HashSet<IFeedListener>? _listeners;
    private bool _isClosed;
    private long _closedGeneration;
    private int _subscribers;
    private long _leftAt = time.GetTimestamp();
    private long _heardAt = time.GetTimestamp();
    private long _beatAt = time.GetTimestamp();

    public ChannelName Channel => owner.Channel;

    /// <summary>What the feed has no more can be read from the history.</summary>
    public bool IsStored => owner.IsStored;

    /// <summary>Null when the feed has been dropped meanwhile: take a new one.</summary>
    public FeedSubscription? TrySubscribe(IFeedListener? listener = null)
    {
        lock (_gate)
        {
            if (_isClosed)
                return null;
            _subscribers++;
            if (listener is not null)
                (_listeners ??= []).Add(listener);
            return new FeedSubscription(this, listener);
        }
    }

    public void Leave(IFeedListener? listener)
    {
        lock (_gate)
        {
            if (listener is not null)
                _listeners?.Remove(listener);
            if (--_subscribers == 0)
                (_leftAt, _listeners) = (time.GetTimestamp(), null);
        }
    }

    /// <summary>How the channel stands in this moment, what came after a position that a client knows, and a cursor for what comes next.</summary>
    public ChannelEntry Enter(ChannelPosition? known, ImmutableArray<ResumeReply> resume)
    {
        lock (_gate)
        {
            return new ChannelEntry(
                _log.Position.GetValueOrDefault(),
                new ChannelCursor(Channel, _log, resume),
                known is { } position ? _log.Ring.After(position) : null);
        }
    }

    /// <summary>Adds what the cursor lacks and moves it on. False: the burst is full, and there is more.</summary>
    public bool Read(ChannelCursor cursor, FrameBurst burst)
    {
        lock (_gate)
            return cursor.Read(_log, burst);
    }

    public long Behind(ChannelCursor cursor)
    {
        lock (_gate)
            return cursor.Behind(_log);
    }

    public LiveReply? Find(ReplyId id)
    {
        lock (_gate)
            return _log.Replies.Find(id);
    }

    /// <summary>The store says that this one is open.</summary>
    public LiveReply Open(ReplyId id)
    {
        lock (_gate)
            return _log.Replies.Open(id);
    }

    public void Apply(ChannelFrame frame)
    {
        lock (_gate)
        {
            _heardAt = time.GetTimestamp();
            if (!_isHolding)
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

    /// <summary>Called about once a second: heartbeats and checks that are due. True: nobody needs the feed any more; it is closed.</summary>
    public bool Sweep()
    {
        lock (_gate)
        {
            if (_subscribers == 0 && !_isAttaching && time.GetElapsedTime(_leftAt) >= options.DetachAfter)
            {
                // Now and not when the detach is sent: a feed that is made in between must count as the newer one.
                (_isClosed, _closedGeneration) = (true, gateway.NextGeneration());
                return true;
            }

            CheckWhenDue();
            if (_hasFailed && time.GetElapsedTime(_heardAt) >= options.LostAfter)
            {
                _log.Replies.Lose();
                PulseAll();
            }

            _log.Ring.Trim(time.GetTimestamp() - (long)(RingAge.TotalSeconds * time.TimestampFrequency));
            if (time.GetElapsedTime(_beatAt) >= options.HeartbeatPeriod)
            {
                _beatAt = time.GetTimestamp();
                foreach (var reply in _log.Replies.All)
                    reply.Beat();
            }

            return false;
        }
    }

    /// <summary>Tells the owner that nobody here listens. A loss costs little: the silo drops a gateway that does not want its frames.</summary>
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
            _mustAttachAgain = true;
        }

        if (_mustAttachAgain && !_isAttaching && !IsTooSoon)
            _ = Observe(AttachLocked());
    }

    private void Merge(ChannelFrame frame, bool wasHeld = false)
    {
        switch (_log.Apply(frame))
        {
            case FrameMerge.Known when wasHeld:
                _log.ApplyCovered(frame);
                break;
            case FrameMerge.Hole:
                _held.Add(frame);
                HoldAndAttach();
                break;
            case FrameMerge.TextHole:
                HoldAndAttach();
                break;
        }
    }

    private void PulseAll()
    {
        if (_listeners is null)
            return;
        foreach (var listener in _listeners)
            listener.Pulse();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} could not be attached: {Reason}")]
    private partial void LogAttachFailed(ChannelName channel, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Channel {Channel} could not be detached: {Reason}")]
    private partial void LogDetachFailed(ChannelName channel, string reason);
}
