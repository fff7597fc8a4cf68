namespace JubileeVerse.Limits;

/// <summary>
/// Permits in any stretch of time of a given length. Exact: it remembers when each was taken, so at most as many instants as permits.
/// Instants are <see cref="TimeProvider.GetTimestamp"/>'s: a clock that is set back or forth changes nothing.
/// </summary>
internal sealed class SlidingWindow(TimeProvider time)
{
    private readonly Queue<long> _taken = new();

    /// <summary>Takes a permit, or says when the next is free.</summary>
    public RateLimitResult TryTake(int limit, TimeSpan window)
    {
        Forget(window);
        if (_taken.Count >= limit)
            return new RateLimitResult(false, 0, FreeAfter(window, _taken.Count - limit));
        _taken.Enqueue(time.GetTimestamp());
        return new RateLimitResult(true, limit - _taken.Count, FreeAfter(window, 0));
    }

    /// <summary>How long until a permit is free; null when one is free now.</summary>
    public TimeSpan? ExhaustedFor(int limit, TimeSpan window)
    {
        Forget(window);
        return _taken.Count < limit ? null : FreeAfter(window, _taken.Count - limit);
    }

    /// <summary>When the permit at this place of the queue leaves the window.</summary>
    private TimeSpan FreeAfter(TimeSpan window, int index) => window - time.GetElapsedTime(_taken.ElementAt(index));

    private void Forget(TimeSpan window)
    {
        while (_taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
            _taken.Dequeue();
    }
}
