namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// Limits the number of starts in any window of the given length. It is exact, because it keeps the instant of each start of the last
/// window. The limit can change at any time; earlier starts still count.
/// </summary>
internal sealed class SlidingRate(int limit, long windowMs)
{
    private long[] _starts = [];
    private int _first;
    private int _count;
    private int _limit = Validated(limit);

    /// <summary>The number of starts per window, 1 or more.</summary>
    public int Limit
    {
        get => _limit;
        set => _limit = Validated(value);
    }

    /// <summary>Counts a start; false when the limit is reached.</summary>
    public bool TryStart(long nowMs)
    {
        Forget(nowMs);
        if (_count >= _limit) return false;

        if (_count == _starts.Length) Grow();
        _starts[(_first + _count++) % _starts.Length] = nowMs;
        return true;
    }

    /// <summary>The earliest instant, now or later, at which a start is allowed.</summary>
    public long NextFreeMs(long nowMs)
    {
        Forget(nowMs);
        return _count < _limit ? nowMs : StartAt(_count - _limit) + windowMs;
    }

    /// <summary>Drops starts that are outside the window.</summary>
    public void Forget(long nowMs)
    {
        // A clock that is set back would leave starts in the future and block the queue until the clock catches up. The latest start cannot
        // be later than now, so all starts are moved back by the same amount and keep their distances.
        var ahead = _count == 0 ? 0 : StartAt(_count - 1) - nowMs;
        for (var i = 0; ahead > 0 && i < _count; i++) _starts[(_first + i) % _starts.Length] -= ahead;

        while (_count > 0 && StartAt(0) <= nowMs - windowMs)
        {
            _first = (_first + 1) % _starts.Length;
            _count--;
        }
    }

    private static int Validated(int limit) => limit >= 1
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "The number of starts per window must be 1 or more.");

    private long StartAt(int index) => _starts[(_first + index) % _starts.Length];

    private void Grow()
    {
        var starts = new long[Math.Min(Math.Max(8, _count * 2), Math.Max(_limit, _count + 1))];
        for (var i = 0; i < _count; i++) starts[i] = StartAt(i);
        _starts = starts;
        _first = 0;
    }
}
