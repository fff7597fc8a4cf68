namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// The state of a feed's attachment to the owner of its channel. It decides when the feed must attach, and whether arriving frames must be
/// held until it has; the feed makes the calls. Not thread-safe: its feed holds the lock.
/// </summary>
/// <remarks>
/// One attempt runs at a time. An attempt that is abandoned, because the owner moved, is followed by another; what an abandoned attempt
/// returns is not current and is dropped. All callers wait for the same <see cref="Ready"/>, which the current attempt completes.
/// </remarks>
internal sealed class FeedAttachment(TimeProvider time)
{
    /// <summary>Limits the rate of attachments, because a hole can persist for a moment (while one conversation has two owners).</summary>
    public static readonly TimeSpan MinTimeBetweenAttachments = TimeSpan.FromMilliseconds(200);

    private TaskCompletionSource? _ready;
    private long _attempt;
    private long _startedAt;
    private long _endedAt;
    private bool _isAttached;
    private bool _mustAttachAgain;
    private string? _silo;

    public bool IsAttaching { get; private set; }

    /// <summary>True while the feed does not know its position, so that arriving frames must be held.</summary>
    public bool IsHolding { get; private set; } = true;

    /// <summary>True when the last attempt has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>True when the feed knows the channel's position.</summary>
    public bool IsReady => _isAttached && !IsHolding;

    /// <summary>True when an attachment was requested that could not be made at once, and can be made now.</summary>
    public bool IsRequestDue => _mustAttachAgain && !IsAttaching && !IsTooSoon;

    /// <summary>Completes with the current attempt, or fails with it.</summary>
    public Task Ready => (_ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private bool IsTooSoon => _isAttached && time.GetElapsedTime(_endedAt) < MinTimeBetweenAttachments;

    /// <summary>Begins an attempt and returns its number; null when one is under way.</summary>
    public long? TryBegin()
    {
        if (IsAttaching)
            return null;
        (IsAttaching, _mustAttachAgain, _startedAt) = (true, false, time.GetTimestamp());
        return ++_attempt;
    }

    /// <summary>False when the attempt was abandoned.</summary>
    public bool IsCurrent(long attempt) => attempt == _attempt;

    public void Hold() => IsHolding = true;

    public void Request() => _mustAttachAgain = true;

    /// <summary>Holds frames from now on. True when the feed must attach now; otherwise it will be due later.</summary>
    public bool HoldAndRequest()
    {
        IsHolding = true;
        if (!IsAttaching && !IsTooSoon)
            return true;
        _mustAttachAgain = true;
        return false;
    }

    /// <summary>Frames of a silo were lost. True when the feed must attach now, because that silo owns the channel.</summary>
    public bool OnFramesLost(string silo)
    {
        if (!IsAttaching)
            return _isAttached && _silo == silo && HoldAndRequest();
        // A feed that is attaching does not know its silo yet; it may be this one.
        _mustAttachAgain = true;
        return false;
    }

    /// <summary>
    /// The channel has a new owner. True when the feed must attach now; an attempt that is under way is abandoned then, because it may have
    /// been sent to a silo that has died, and would hang until its timeout.
    /// </summary>
    public bool OnOwnerMoved()
    {
        if (IsAttaching ? time.GetElapsedTime(_startedAt) < MinTimeBetweenAttachments : IsTooSoon)
        {
            _mustAttachAgain = true;
            return false;
        }

        IsAttaching = false;
        return true;
    }

    /// <summary>True when the position must be checked.</summary>
    /// <param name="isQuiet">True when frames are expected and none has arrived, which may mean that the silo has died.</param>
    public bool IsCheckDue(bool isQuiet, DeliveryOptions options)
    {
        var checkAfter = isQuiet || IsHolding ? options.QuietCheckPeriod : options.CheckPeriod;
        return !IsAttaching && time.GetElapsedTime(_endedAt) >= (_mustAttachAgain ? MinTimeBetweenAttachments : checkAfter);
    }

    /// <summary>The owner's state is about to be applied; frames are no longer held.</summary>
    public void Attach(string silo) => (_isAttached, IsHolding, HasFailed, _silo) = (true, false, false, silo);

    /// <summary>Ends the current attempt. <see cref="Attach"/> was called before.</summary>
    public void Complete() => End()?.TrySetResult();

    /// <summary>Ends the current attempt.</summary>
    public void Fail(Exception exception)
    {
        HasFailed = true;
        End()?.TrySetException(exception);
    }

    private TaskCompletionSource? End()
    {
        (IsAttaching, _endedAt) = (false, time.GetTimestamp());
        var ready = _ready;
        _ready = null;
        return ready;
    }
}
