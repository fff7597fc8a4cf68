namespace JubileeVerse.Queues.State;

/// <summary>
/// At most so many starts in any window of the given length, exactly: it remembers each start of the last window.
/// The limit can change at any time; what was started before still counts.
/// </summary>
internal sealed class SlidingRate(int limit, long windowMs)
{
    private long[] _starts = [];
    private int _first;
    private int _count;
    private int _limit = Checked(limit);

    /// <summary>1 or more.</summary>
    public int Limit
    {
        get => _limit;
        set => _limit = Checked(value);
    }

    /// <summary>Counts a start, or refuses it.</summary>
    public bool TryStart(long nowMs)
    {
        Forget(nowMs);
        if (_count >= _limit) return false;

        if (_count == _starts.Length) Grow();
        _starts[(_first + _count++) % _starts.Length] = nowMs;
        return true;
    }

    /// <summary>The earliest instant, now or later, at which a start is free.</summary>
    public long NextFreeMs(long nowMs)
    {
        Forget(nowMs);
        return _count < _limit ? nowMs : StartAt(_count - _limit) + windowMs;
    }

    /// <summary>Drops starts that are out of the window.</summary>
    public void Forget(long nowMs)
    {
        // Set back, a clock would leave starts in the future and hold the queue until it had caught up. No time can have passed
        // backwards: the latest start was at most now, and the others keep their distance to it.
        var ahead = _count == 0 ? 0 : StartAt(_count - 1) - nowMs;
        for (var i = 0; ahead > 0 && i < _count; i++) _starts[(_first + i) % _starts.Length] -= ahead;

        while (_count > 0 && StartAt(0) <= nowMs - windowMs)
        {
            _first = (_first + 1) % _starts.Length;
            _count--;
        }
    }

    private static int Checked(int limit) => limit >= 1 ? limit : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A rate of starts is 1 or more.");

    private long StartAt(int index) => _starts[(_first + index) % _starts.Length];

    private void Grow()
    {
        var starts = new long[Math.Min(Math.Max(8, _count * 2), Math.Max(_limit, _count + 1))];
        for (var i = 0; i < _count; i++) starts[i] = StartAt(i);
        _starts = starts;
        _first = 0;
    }
}
