namespace JubileeVerse.Queues;

/// <summary>When something that is done now and then is due again: by the time that has passed, as a clock may be set back.</summary>
internal sealed class Period(TimeProvider time, TimeSpan length)
{
    private long? _last;

    /// <summary>True: it is due, and counts as done.</summary>
    public bool Passed()
    {
        if (_last is { } last && time.GetElapsedTime(last) < length)
            return false;
        _last = time.GetTimestamp();
        return true;
    }
}
