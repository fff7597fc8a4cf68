using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// One channel, as this gateway follows it for all its local readers.
/// <para>
/// Attaching asks the channel's owner to send its frames here and answers with how things stand. Frames may overtake that answer, so
/// while the feed does not know where it stands (first attachment, frames lost, a hole in a text) they are held, and
/// merged after it. The merge rule makes any order and any repetition harmless. Attaching again is also the check of
/// the position: what it tells is merged with what is there, and a reply that it does not know any more has ended unheard.
/// </para>
/// </summary>
internal sealed partial class ChannelFeed(
    IChannelOwner owner, GatewayIdentity gateway, DeliveryOptions options, TimeProvider time, ILogger<ChannelFeed> logger)
{
    /// <summary>More frames than a channel sends while an attachment is under way; beyond, they are dropped and asked for again.</summary>
    private const int MaxHeldFrames = 1000;

    /// <summary>A hole that stays (two owners of one conversation, for a moment) must not become a storm of attachments.</summary>
    private static readonly TimeSpan MinTimeBetweenAttachments = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly ChannelReplies _replies = new(owner.Channel);
    private readonly List<ChannelFrame> _held = [];
    private TaskCompletionSource? _ready;
    private bool _isAttaching;
    private long _asked;
    private long _askedAt;
    private bool _isAttached;
    private bool _isHolding = true;
    private bool _mustAttachAgain;
    private bool _hasFailed;
    private bool _isClosed;
    private long _closedGeneration;
    private int _subscribers;
    private long _leftAt = time.GetTimestamp();
    private long _attachedAt;
    private long _heardAt = time.GetTimestamp();
    private long _beatAt = time.GetTimestamp();
    private string? _silo;
    private string? _epoch;
    private long _offset;

    public ChannelName Channel => owner.Channel;

    /// <summary>Null when the feed has been dropped meanwhile: take a new one.</summary>
    public FeedSubscription? TrySubscribe()
    {
        lock (_gate)
        {
            if (_isClosed)
                return null;
            _subscribers++;
            return new FeedSubscription(this);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_subscribers == 0)
                _leftAt = time.GetTimestamp();
        }
    }

    /// <summary>Completes when the feed knows where the channel stands. Fails as the attachment did; the next call tries again.</summary>
    public Task ReadyAsync()
    {
        lock (_gate)
            return _isAttached && !_isHolding ? Task.CompletedTask : AttachLocked();
    }

    /// <summary>Asks the owner anew; completes when its answer is merged.</summary>
    public Task CheckAsync()
    {
        lock (_gate)
            return AttachLocked();
    }

    public LiveReply? Find(ReplyId id)
    {
        lock (_gate)
            return _replies.Find(id);
    }

    /// <summary>The store says that this one is open.</summary>
    public LiveReply Open(ReplyId id)
    {
        lock (_gate)
            return _replies.Open(id);
    }

    public void Apply(ChannelFrame frame)
    {
        lock (_gate)
        {
            _heardAt = time.GetTimestamp();
            if (!_isHolding)
            {
                Merge(frame);
            }
            else if (_held.Count < MaxHeldFrames)
            {
                _held.Add(frame);
            }
            else
            {
                _held.Clear();
                _mustAttachAgain = true;
            }
        }
    }

    /// <summary>Frames of that silo were dropped on their way.</summary>
    public void LoseFrames(string silo)
    {
        lock (_gate)
        {
            // One that is being attached does not know its silo yet: it may be this one.
            if (_isAttaching)
                _mustAttachAgain = true;
            else if (_isAttached && _silo == silo)
                HoldAndAttach();
        }
    }

    /// <summary>
    /// The channel has an owner that may not know of this gateway. Asks that one at once, also while an earlier question is under way:
    /// it may have gone to a silo that has died, and hang there until its time is up.
    /// </summary>
    public void Move()
    {
        lock (_gate)
        {
            if (_isAttaching ? time.GetElapsedTime(_askedAt) < MinTimeBetweenAttachments : IsTooSoon)
            {
                _mustAttachAgain = true;
                return;
            }

            _isAttaching = false;
            _ = Observe(AttachLocked());
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

            var isQuiet = _replies.AnyOpen && time.GetElapsedTime(_heardAt) >= options.QuietCheckPeriod;
            var checkAfter = isQuiet || _mustAttachAgain || _isHolding ? options.QuietCheckPeriod : options.CheckPeriod;
            if (!_isAttaching && _subscribers > 0 && time.GetElapsedTime(_attachedAt) >= (_mustAttachAgain ? MinTimeBetweenAttachments : checkAfter))
                _ = Observe(AttachLocked());

            if (_hasFailed && time.GetElapsedTime(_heardAt) >= options.LostAfter)
                _replies.Lose();

            if (time.GetElapsedTime(_beatAt) >= options.HeartbeatPeriod)
            {
                _beatAt = time.GetTimestamp();
                foreach (var reply in _replies.All)
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

    private void Merge(ChannelFrame frame)
    {
        var isWhole = _replies.Apply(frame);
        if (frame is DurableFrame durable)
        {
            var follows = _epoch == durable.Epoch && durable.Offset <= _offset + 1;
            if (follows)
                _offset = Math.Max(_offset, durable.Offset);
            else
                (_epoch, _offset, _mustAttachAgain) = (durable.Epoch, durable.Offset, true);
        }

        if (!isWhole)
            HoldAndAttach();
        else if (_mustAttachAgain && !_isAttaching && time.GetElapsedTime(_attachedAt) >= MinTimeBetweenAttachments)
            _ = Observe(AttachLocked());
    }

    private bool IsTooSoon => _isAttached && time.GetElapsedTime(_attachedAt) < MinTimeBetweenAttachments;

    private void HoldAndAttach()
    {
        _isHolding = true;
        if (_isAttaching || IsTooSoon)
            _mustAttachAgain = true;
        else
            _ = Observe(AttachLocked());
    }

    private Task AttachLocked()
    {
        _ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = _ready.Task;
        if (!_isAttaching)
        {
            _isAttaching = true;
            _mustAttachAgain = false;
            _askedAt = time.GetTimestamp();
            _ = AttachAsync(++_asked, _replies.Stamp, _epoch is { } epoch ? new ChannelPosition(epoch, _offset) : null);
        }

        return ready;
    }

    private async Task AttachAsync(long asked, long asOf, ChannelPosition? known)
    {
        // Leaves the lock of the caller before it calls out.
        await Task.Yield();
        try
        {
            var attachment = await owner.AttachAsync(gateway.Subscription(), known);
            lock (_gate)
            {
                if (asked == _asked)
                    Attached(attachment, asOf);
            }
        }
        catch (Exception exception)
        {
            LogAttachFailed(Channel, exception.Message);
            lock (_gate)
            {
                if (asked != _asked)
                    return;
                _hasFailed = true;
                Settle(ready => ready.TrySetException(exception));
            }
        }
    }

    private void Attached(ChannelAttachment attachment, long asOf)
    {
        (_isAttached, _isHolding, _hasFailed, _silo) = (true, false, false, attachment.Silo);
        _heardAt = time.GetTimestamp();
        if (_epoch != attachment.Epoch || attachment.Offset > _offset)
            (_epoch, _offset) = (attachment.Epoch, attachment.Offset);
        _replies.Apply(attachment, asOf);

        var held = _held.ToArray();
        _held.Clear();
        Settle(ready => ready.TrySetResult());
        foreach (var frame in held)
        {
            if (_isHolding)
                _held.Add(frame);
            else
                Merge(frame);
        }
    }

    private void Settle(Action<TaskCompletionSource> settle)
    {
        _isAttaching = false;
        _attachedAt = time.GetTimestamp();
        if (_ready is { } ready)
            settle(ready);
        _ready = null;
    }

    /// <summary>A failed attachment was logged, and is tried again by the sweep.</summary>
    private static async Task Observe(Task attachment)
    {
        try
        {
            await attachment;
        }
        catch (Exception)
        {
            // Nobody waits for this one.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} could not be attached: {Reason}")]
    private partial void LogAttachFailed(ChannelName channel, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Channel {Channel} could not be detached: {Reason}")]
    private partial void LogDetachFailed(ChannelName channel, string reason);
}
