namespace JubileeVerse.Storage;

/// <summary>
/// A stretch of time in which the store does not answer. The limit runs from its beginning, not for each batch:
/// once it has passed, every further batch is tried once and refused at once, so callers do not queue up behind each other's waits.
/// </summary>
internal sealed class Outage(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    private long? _since;
    private TimeSpan _delay = FirstDelay;

    /// <summary>True from the first lost attempt until an answer.</summary>
    public bool IsOn => _since is not null;

    public void End()
    {
        _since = null;
        _delay = FirstDelay;
    }

    /// <summary>Waits before the next attempt. False: the limit has passed or <paramref name="giveUp"/> was asked for; try no more.</summary>
    public async Task<bool> WaitAsync(CancellationToken giveUp)
    {
        _since ??= time.GetTimestamp();
        var left = limit - time.GetElapsedTime(_since.Value);
        if (left <= TimeSpan.Zero)
            return false;

        var delay = _delay < left ? _delay : left;
        _delay = _delay * 2 < MaxDelay ? _delay * 2 : MaxDelay;
        await Task.Delay(delay, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !giveUp.IsCancellationRequested;
    }
}
