namespace JubileeVerse.Realtime.Presence;

/// <summary>
/// Whether a user is online for other users: from the first connection until the grace period after the last one was closed. Not
/// thread-safe: it belongs to one grain, which is single-threaded.
/// </summary>
/// <param name="grace">A user who reconnects within this period stays online.</param>
internal sealed class OnlineState(TimeSpan grace, TimeProvider time)
{
    private long _disconnectedAt;
    private bool _isDisconnected;

    public bool IsOnline { get; private set; }

    /// <summary>The remaining grace period; null when the user is connected or already offline.</summary>
    public TimeSpan? TimeUntilOffline
    {
        get
        {
            if (!IsOnline || !_isDisconnected)
                return null;
            var left = grace - time.GetElapsedTime(_disconnectedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The user has connections. Returns true when the user was offline before.</summary>
    public bool MarkConnected()
    {
        var wasOffline = !IsOnline;
        (IsOnline, _isDisconnected) = (true, false);
        return wasOffline;
    }

    /// <summary>The user has no connection. A repeated call changes nothing.</summary>
    /// <param name="delay">When the last connection may have been closed, relative to now; negative for earlier.</param>
    public void MarkDisconnected(TimeSpan delay = default)
    {
        if (_isDisconnected || !IsOnline)
            return;
        _isDisconnected = true;
        _disconnectedAt = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Sets the user offline when the grace period has elapsed. Returns whether it did.</summary>
    public bool TryExpire()
    {
        if (TimeUntilOffline is not { } left || left > TimeSpan.Zero)
            return false;
        (IsOnline, _isDisconnected) = (false, false);
        return true;
    }
}
