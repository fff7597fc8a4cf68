using JubileeVerse.Errors;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <content>Attaches to the channel's owner when <see cref="FeedAttachment"/> decides so, and merges the attachment.</content>
internal sealed partial class ChannelFeed
{
    /// <summary>Completes when the feed knows the channel's position. Fails when the attachment fails; the next call tries again.</summary>
    public Task EnsureAttachedAsync()
    {
        lock (_gate)
            return _attachment.IsReady ? Task.CompletedTask : AttachLocked();
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
            return _attachment.IsAttaching ? _attachment.Ready.ContinueWith(static _ => { }, TaskScheduler.Default) : Task.CompletedTask;
    }

    /// <summary>Attaches again when the silo owns the channel, because frames of that silo were lost.</summary>
    public void OnFramesLost(string silo)
    {
        lock (_gate)
            AttachIf(_attachment.OnFramesLost(silo));
    }

    /// <summary>Attaches to the channel's new owner, which may not know this gateway.</summary>
    public void OnOwnerMoved()
    {
        lock (_gate)
            AttachIf(_attachment.OnOwnerMoved());
    }

    private void AttachIf(bool isDue)
    {
        if (isDue)
            _ = ObserveAsync(AttachLocked());
    }

    private Task AttachLocked()
    {
        var ready = _attachment.Ready;
        if (_attachment.TryBegin() is { } attempt)
            _ = AttachAsync(attempt, _log.Replies.AppliedFrames, _log.Position);
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
                if (_attachment.IsCurrent(attempt))
                    Attached(attachment, missed, upTo, asOf);
            }
        }
        catch (Exception exception)
        {
            LogAttachFailed(Channel, exception.Message);
            lock (_gate)
            {
                if (_attachment.IsCurrent(attempt))
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
            missing = _attachment.IsCurrent(attempt) ? _log.FindMissing(attachment, _held) : null;
            if (missing is not null)
                _attachment.Hold();
        }

        return missing is { } range
            ? (await history.ReadAsync(Channel, range, CancellationToken.None), range.UpTo)
            : (null, attachment.Offset);
    }

    private void Attached(ChannelAttachment attachment, FrameList? missed, long upTo, long asOf)
    {
        _attachment.Attach(attachment.Silo);
        _lastFrameAt = time.GetTimestamp();
        var held = _held.ToArray();
        _held.Clear();
        _log.ApplyAttachment(attachment, missed, upTo, asOf);
        _attachment.Complete();
        foreach (var frame in held)
        {
            if (_attachment.IsHolding)
                _held.Add(frame);
            else
                Merge(frame, wasHeld: true);
        }

        PulseAll();
    }

    private void Failed(Exception exception)
    {
        _attachment.Fail(exception);
        if (exception is not JubileeException { Code: ErrorCode.NotFound } || _log.Position is null)
            return;

        // The frame that announced the removal was lost together with the owner's silo.
        _log.Apply(new Unsubscribed(Channel, CloseCodes.Removed));
        PulseAll();
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
