namespace JubileeVerse.Limits;

/// <summary>
/// Limits the permits in any time window of a given length. It is exact, because it stores the timestamp of each permit (at most as many as
/// the limit). Timestamps come from <see cref="TimeProvider.GetTimestamp"/>, so a change of the system clock has no effect.
/// </summary>
internal sealed class SlidingWindow(TimeProvider time)
{
    private readonly Queue<long> _acquiredAt = new();

    /// <summary>Acquires a permit, or returns when the next one becomes available.</summary>
    public RateLimitResult TryAcquire(int limit, TimeSpan window)
    {
        RemoveExpired(window);
        if (_acquiredAt.Count >= limit)
            return new RateLimitResult(false, 0, TimeUntilAvailable(window, _acquiredAt.Count - limit));
        _acquiredAt.Enqueue(time.GetTimestamp());
        return new RateLimitResult(true, limit - _acquiredAt.Count, TimeUntilAvailable(window, 0));
    }

    /// <summary>Returns the time until a permit is available; null if one is available now.</summary>
    public TimeSpan? GetRetryAfter(int limit, TimeSpan window)
    {
        RemoveExpired(window);
        return _acquiredAt.Count < limit ? null : TimeUntilAvailable(window, _acquiredAt.Count - limit);
    }

    /// <summary>Returns the time until the permit at this index leaves the window.</summary>
    private TimeSpan TimeUntilAvailable(TimeSpan window, int index) => window - time.GetElapsedTime(_acquiredAt.ElementAt(index));

    private void RemoveExpired(TimeSpan window)
    {
        while (_acquiredAt.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
            _acquiredAt.Dequeue();
    }
}
