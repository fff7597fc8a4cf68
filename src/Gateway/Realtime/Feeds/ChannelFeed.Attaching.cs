using JubileeVerse.Errors;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <content>Decides when the feed attaches to the channel's owner, and merges the attachment.</content>
internal sealed partial class ChannelFeed
{
    /// <summary>Limits the rate of attachments, because a hole can persist for a moment (while one conversation has two owners).</summary>
    private static readonly TimeSpan MinTimeBetweenAttachments = TimeSpan.FromMilliseconds(200);

    private TaskCompletionSource? _ready;
    private bool _isAttaching;
    private long _attempt;
    private long _attemptedAt;
    private bool _isAttached;
    private bool _isHolding = true;
    private bool _mustAttachAgain;
    private bool _hasFailed;
    private long _attachedAt;
    private string? _silo;

    private bool IsTooSoon => _isAttached && time.GetElapsedTime(_attachedAt) < MinTimeBetweenAttachments;

    /// <summary>Completes when the feed knows the channel's position. Fails when the attachment fails; the next call tries again.</summary>
    public Task EnsureAttachedAsync()
    {
        lock (_gate)
            return _isAttached && !_isHolding ? Task.CompletedTask : AttachLocked();
    }

    /// <summary>Attaches to the owner, unless an attachment is under way; completes when the attachment is merged.</summary>
    public Task AttachAgainAsync()
    {
        lock (_gate)
            return AttachLocked();
    }

    /// <summary>
    /// Does the same as <see cref="AttachAgainAsync"/>, but always starts a new attachment, because one that is under way may be older than
    /// the position that the caller knows.
    /// </summary>
    public async Task RestartAttachAsync()
    {
        await WhenAttachEndsAsync();
        await AttachAgainAsync();
    }

    /// <summary>Completes when no attachment is under way; starts none itself.</summary>
    internal Task WhenAttachEndsAsync()
    {
        lock (_gate)
            return _isAttaching ? AttachLocked().ContinueWith(static _ => { }, TaskScheduler.Default) : Task.CompletedTask;
    }

    /// <summary>Attaches again when the silo owns the channel, because frames of that silo were lost.</summary>
    public void OnFramesLost(string silo)
    {
        lock (_gate)
        {
            // A feed that is attaching does not know its silo yet; it may be this one.
            if (_isAttaching)
                _mustAttachAgain = true;
            else if (_isAttached && _silo == silo)
                HoldAndAttach();
        }
    }

    /// <summary>
    /// Attaches to the channel's new owner, which may not know this gateway. An earlier attachment that is under way is abandoned,
    /// because it may have been sent to a silo that has died, and would then hang until its timeout.
    /// </summary>
    public void OnOwnerMoved()
    {
        lock (_gate)
        {
            if (_isAttaching ? time.GetElapsedTime(_attemptedAt) < MinTimeBetweenAttachments : IsTooSoon)
            {
                _mustAttachAgain = true;
                return;
            }

            _isAttaching = false;
            _ = ObserveAsync(AttachLocked());
        }
    }

    private void CheckWhenDue()
    {
        var isQuiet = _log.Replies.AnyOpen && time.GetElapsedTime(_lastFrameAt) >= options.QuietCheckPeriod;
        var checkAfter = isQuiet || _mustAttachAgain || _isHolding ? options.QuietCheckPeriod : options.CheckPeriod;
        var attachAfter = _mustAttachAgain ? MinTimeBetweenAttachments : checkAfter;
        if (!_isAttaching && _subscriberCount > 0 && time.GetElapsedTime(_attachedAt) >= attachAfter)
            _ = ObserveAsync(AttachLocked());
    }

    private void HoldAndAttach()
    {
        _isHolding = true;
        if (_isAttaching || IsTooSoon)
            _mustAttachAgain = true;
        else
            _ = ObserveAsync(AttachLocked());
    }

    private Task AttachLocked()
    {
        _ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = _ready.Task;
        if (!_isAttaching)
        {
            _isAttaching = true;
            _mustAttachAgain = false;
            _attemptedAt = time.GetTimestamp();
            _ = AttachAsync(++_attempt, _log.Replies.AppliedFrames, _log.Position);
        }

        return ready;
    }

    private async Task AttachAsync(long attempt, long asOf, ChannelPosition? known)
    {
        // The caller holds the lock, and the call to the owner must not run inside it.
        await Task.Yield();
        try
        {
            var attachment = await owner.AttachAsync(gateway.CreateSubscription(), known);
            var (missed, upTo) = owner.IsStored ? await ReadMissedAsync(attempt, attachment) : (attachment.Frames, attachment.Offset);
            lock (_gate)
            {
                if (attempt == _attempt)
                    Attached(attachment, missed, upTo, asOf);
            }
        }
        catch (Exception exception)
        {
            LogAttachFailed(Channel, exception.Message);
            lock (_gate)
            {
                if (attempt == _attempt)
                    Failed(exception);
            }
        }
    }

    /// <summary>
    /// Reads the frames between the feed's position and the attachment's. New frames are held meanwhile, so that they are merged after
    /// those.
    /// </summary>
    private async Task<(FrameList? Missed, long UpTo)> ReadMissedAsync(long attempt, ChannelAttachment attachment)
    {
        HistoryRange? missing;
        lock (_gate)
        {
            missing = attempt == _attempt ? _log.FindMissing(attachment, _held) : null;
            _isHolding |= missing is not null;
        }

        return missing is { } range
            ? (await history.ReadAsync(Channel, range, CancellationToken.None), range.UpTo)
            : (null, attachment.Offset);
    }

    private void Attached(ChannelAttachment attachment, FrameList? missed, long upTo, long asOf)
    {
        (_isAttached, _isHolding, _hasFailed, _silo) = (true, false, false, attachment.Silo);
        _lastFrameAt = time.GetTimestamp();
        var held = _held.ToArray();
        _held.Clear();
        _log.ApplyAttachment(attachment, missed, upTo, asOf);
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

        // The frame that announced the removal was lost together with the owner's silo.
        _log.Apply(new Unsubscribed(Channel, CloseCodes.Removed));
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

    /// <summary>Observes an attachment that no caller awaits: a failure is logged, and the sweep tries again.</summary>
    private static async Task ObserveAsync(Task attachment)
    {
        try
        {
            await attachment;
        }
        catch (Exception)
        {
            // AttachAsync has logged the failure.
        }
    }
}
