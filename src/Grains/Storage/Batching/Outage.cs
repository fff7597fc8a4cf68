namespace JubileeVerse.Storage.Batching;

/// <summary>
/// A period in which the store is unavailable. The retry window starts with the outage, not with each batch: once it has passed, every
/// further batch is attempted once and then fails, so callers do not wait behind each other's retries.
/// </summary>
internal sealed class Outage(TimeProvider time, TimeSpan retryWindow)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    private long? _startedAt;
    private TimeSpan _delay = FirstDelay;

    /// <summary>True from the first failed attempt until the store responds.</summary>
    public bool IsActive => _startedAt is not null;

    public void End()
    {
        _startedAt = null;
        _delay = FirstDelay;
    }

    /// <summary>
    /// Waits before the next attempt. Returns false if the retry window has passed or <paramref name="giveUp"/> is cancelled.
    /// </summary>
    public async Task<bool> WaitAsync(CancellationToken giveUp)
    {
        _startedAt ??= time.GetTimestamp();
        var left = retryWindow - time.GetElapsedTime(_startedAt.Value);
        if (left <= TimeSpan.Zero)
            return false;

        var delay = _delay < left ? _delay : left;
        _delay = _delay * 2 < MaxDelay ? _delay * 2 : MaxDelay;
        await Task.Delay(delay, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !giveUp.IsCancellationRequested;
    }
}
