namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Limits the commands of one connection with a token bucket that is refilled evenly. A command over the limit is refused with the time
/// to wait. When more commands in a row are refused than are allowed in a second, the connection is to be closed. Not thread-safe,
/// because a connection's commands run one at a time.
/// </summary>
internal sealed class CommandLimiter(int perSecond, TimeProvider time)
{
    private double _left = perSecond;
    private long _refilledAt = time.GetTimestamp();
    private int _refused;

    /// <summary>True when the client keeps sending commands although they are refused.</summary>
    public bool IsExhausted => _refused > perSecond;

    /// <summary>Takes one token. Returns null when there was one, otherwise the time until there is one.</summary>
    public TimeSpan? Acquire()
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
