using JubileeVerse.Errors;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <content>When the owner is asked where the channel stands, and what is made of the answer.</content>
internal sealed partial class ChannelFeed
{
    /// <summary>A hole that stays (two owners of one conversation, for a moment) must not become a storm of attachments.</summary>
    private static readonly TimeSpan MinTimeBetweenAttachments = TimeSpan.FromMilliseconds(200);

    private TaskCompletionSource? _ready;
    private bool _isAttaching;
    private long _asked;
    private long _askedAt;
    private bool _isAttached;
    private bool _isHolding = true;
    private bool _mustAttachAgain;
    private bool _hasFailed;
    private long _attachedAt;
    private string? _silo;

    private bool IsTooSoon => _isAttached && time.GetElapsedTime(_attachedAt) < MinTimeBetweenAttachments;

    /// <summary>Completes when the feed knows where the channel stands. Fails as the attachment did; the next call tries again.</summary>
    public Task ReadyAsync()
    {
        lock (_gate)
            return _isAttached && !_isHolding ? Task.CompletedTask : AttachLocked();
    }

    /// <summary>Asks the owner, unless it is being asked; completes when its answer is merged.</summary>
    public Task CheckAsync()
    {
        lock (_gate)
            return AttachLocked();
    }

    /// <summary>As <see cref="CheckAsync"/>, but a question that is under way does not count: its answer may be older than what the caller has heard.</summary>
    public async Task CheckAnewAsync()
    {
        await SettledAsync();
        await CheckAsync();
    }

    /// <summary>Completes when no question is under way: asks none itself.</summary>
    internal Task SettledAsync()
    {
        lock (_gate)
            return _isAttaching ? AttachLocked().ContinueWith(static _ => { }, TaskScheduler.Default) : Task.CompletedTask;
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

    private void CheckWhenDue()
    {
        var isQuiet = _log.Replies.AnyOpen && time.GetElapsedTime(_heardAt) >= options.QuietCheckPeriod;
        var checkAfter = isQuiet || _mustAttachAgain || _isHolding ? options.QuietCheckPeriod : options.CheckPeriod;
        if (!_isAttaching && _subscribers > 0 && time.GetElapsedTime(_attachedAt) >= (_mustAttachAgain ? MinTimeBetweenAttachments : checkAfter))
            _ = Observe(AttachLocked());
    }

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
            _ = AttachAsync(++_asked, _log.Replies.Stamp, _log.Position);
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
            var (missed, upTo) = owner.IsStored ? await ReadMissedAsync(asked, attachment) : (attachment.Frames, attachment.Offset);
            lock (_gate)
            {
                if (asked == _asked)
                    Attached(attachment, missed, upTo, asOf);
            }
        }
        catch (Exception exception)
        {
            LogAttachFailed(Channel, exception.Message);
            lock (_gate)
            {
                if (asked == _asked)
                    Failed(exception);
            }
        }
    }

    /// <summary>Where the answer is ahead what lies between is read, and frames wait meanwhile, so that they come after it.</summary>
    private async Task<(FrameList? Missed, long UpTo)> ReadMissedAsync(long asked, ChannelAttachment attachment)
    {
        HistoryRange? lacking;
        lock (_gate)
        {
            lacking = asked == _asked ? _log.Lacks(attachment, _held) : null;
            _isHolding |= lacking is not null;
        }

        return lacking is { } range
            ? (await past.ReadAsync(Channel, range, CancellationToken.None), range.UpTo)
            : (null, attachment.Offset);
    }

    private void Attached(ChannelAttachment attachment, FrameList? missed, long upTo, long asOf)
    {
        (_isAttached, _isHolding, _hasFailed, _silo) = (true, false, false, attachment.Silo);
        _heardAt = time.GetTimestamp();
        var held = _held.ToArray();
        _held.Clear();
        _log.Take(attachment, missed, upTo, asOf);
        Settle(ready => ready.TrySetResult());
        foreach (var frame in held)
        {
            if (_isHolding)
                _held.Add(frame);
            else
                Merge(frame, wasHeld: true);
        }

        PulseAll();
    }

    private void Failed(Exception exception)
    {
        _hasFailed = true;
        Settle(ready => ready.TrySetException(exception));
        if (exception is not JubileeException { Code: ErrorCode.NotFound } || _log.Position is null)
            return;

        // The frame that said so was lost with its owner's silo.
        _log.Apply(new Unsubscribed(Channel, CloseCodes.Gone));
        PulseAll();
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
}
