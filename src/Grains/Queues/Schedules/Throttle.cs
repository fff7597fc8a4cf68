namespace JubileeVerse.Queues.Schedules;

/// <summary>
/// Allows an action at most once per interval. It measures elapsed time instead of comparing clock readings, because the system clock may
/// be set back.
/// </summary>
internal sealed class Throttle(TimeProvider time, TimeSpan interval)
{
    private long? _last;

    /// <summary>Returns true and starts a new interval when the former one has elapsed. The first call always returns true.</summary>
    public bool TryEnter()
    {
        if (_last is { } last && time.GetElapsedTime(last) < interval)
            return false;
        _last = time.GetTimestamp();
        return true;
    }
}
