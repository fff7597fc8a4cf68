namespace JubileeVerse.Silo.Membership;

/// <summary>
/// What this silo knows of its own row in the membership. Only a read that found none makes it missing, and only one that found it makes
/// it present again: a table that cannot be read says nothing.
/// </summary>
internal sealed class OwnRow(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _missingSince;

    /// <summary>How long it has been missing; null while it is there.</summary>
    public TimeSpan? MissingFor
    {
        get
        {
            lock (_gate)
                return _missingSince is { } since ? time.GetElapsedTime(since) : null;
        }
    }

    /// <summary>Answers whether that is news.</summary>
    public bool Record(bool isPresent)
    {
        lock (_gate)
        {
            var isNews = isPresent == _missingSince.HasValue;
            if (isNews)
                _missingSince = isPresent ? null : time.GetTimestamp();
            return isNews;
        }
    }
}
