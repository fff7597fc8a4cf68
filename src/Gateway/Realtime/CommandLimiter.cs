namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// One link's commands: so many a second, evenly refilled. More are refused with the time to wait; a link that goes on all the same, as many
/// refused in a row as it has in a second, is to be closed. Not thread-safe: a link's commands come one at a time.
/// </summary>
internal sealed class CommandLimiter(int perSecond, TimeProvider time)
{
    private double _left = perSecond;
    private long _refilledAt = time.GetTimestamp();
    private int _refused;

    /// <summary>It was told, and does not listen.</summary>
    public bool IsExhausted => _refused > perSecond;

    /// <summary>Null: go on. Otherwise how long until there is room for one.</summary>
    public TimeSpan? Refuse()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perSecond, _left + (time.GetElapsedTime(_refilledAt, now).TotalSeconds * perSecond));
        _refilledAt = now;
        if (_left >= 1)
        {
            _left--;
            _refused = 0;
            return null;
        }

        _refused++;
        return TimeSpan.FromSeconds((1 - _left) / perSecond);
    }
}
