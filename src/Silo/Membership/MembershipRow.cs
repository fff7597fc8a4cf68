namespace JubileeVerse.Silo.Membership;

/// <summary>
/// The known state of this silo's row in the membership. Only a successful read changes the state; if the table cannot be read, the state
/// stays unchanged.
/// </summary>
internal sealed class MembershipRow(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _missingSince;

    /// <summary>How long the row has been missing; null while it is present.</summary>
    public TimeSpan? MissingFor
    {
        get
        {
            lock (_lock)
                return _missingSince is { } since ? time.GetElapsedTime(since) : null;
        }
    }

    /// <summary>Records the result of a read. Returns true if the state has changed.</summary>
    public bool Record(bool isPresent)
    {
        lock (_lock)
        {
            var hasChanged = isPresent == _missingSince.HasValue;
            if (hasChanged)
                _missingSince = isPresent ? null : time.GetTimestamp();
            return hasChanged;
        }
    }
}
