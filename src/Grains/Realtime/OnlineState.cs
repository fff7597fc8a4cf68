namespace JubileeVerse.Realtime;

/// <summary>
/// Whether a person is online, as others see it: from their first link until a while after the last has gone. Not thread-safe: the grain's turns
/// are its lock.
/// </summary>
/// <param name="grace">A person who is back within it was never away.</param>
internal sealed class OnlineState(TimeSpan grace, TimeProvider time)
{
    private long _goneAt;
    private bool _isGone;

    public bool IsOnline { get; private set; }

    /// <summary>How long until they count as away; null when nothing is to be waited for.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            if (!IsOnline || !_isGone)
                return null;
            var left = grace - time.GetElapsedTime(_goneAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>There are links. True: they have come.</summary>
    public bool Here()
    {
        var hasCome = !IsOnline;
        (IsOnline, _isGone) = (true, false);
        return hasCome;
    }

    /// <summary>There is no link. Said again, it changes nothing.</summary>
    /// <param name="later">The last link may have lived on for so long from now; negative where it went before now.</param>
    public void Gone(TimeSpan later = default)
    {
        if (_isGone || !IsOnline)
            return;
        _isGone = true;
        _goneAt = time.GetTimestamp() + (long)(later.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>True: their time is up, and they are away.</summary>
    public bool Leave()
    {
        if (DueIn is not { } left || left > TimeSpan.Zero)
            return false;
        (IsOnline, _isGone) = (false, false);
        return true;
    }
}
