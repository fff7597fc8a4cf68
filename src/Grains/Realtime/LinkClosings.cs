namespace JubileeVerse.Realtime;

/// <summary>
/// Which links of a person were told to close lately. The word to a gateway may be lost, or be there before the link: so it is said again, for a
/// minute, whenever a gateway names a link that should have gone. Not thread-safe: the grain's turns are its lock.
/// </summary>
internal sealed class LinkClosings(TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>More than a person can sign out of in a minute; beyond, the oldest is forgotten.</summary>
    public const int MaxCount = 100;

    private readonly List<Closing> _closings = [];

    /// <param name="code">With which they close.</param>
    /// <param name="session">Those of a session, which cannot come back; null for all that there are now.</param>
    /// <param name="known">Where all are closed, the links that it is about, as far as they are known.</param>
    public void Add(int code, string? session, IEnumerable<string> known)
    {
        if (_closings.Count >= MaxCount)
            _closings.RemoveAt(0);
        _closings.Add(new Closing(code, session, [.. known], time.GetUtcNow(), time.GetTimestamp()));
    }

    /// <summary>The code with which the link is to close; null when it may stay.</summary>
    public int? CodeOf(UserLink link)
    {
        _closings.RemoveAll(closing => time.GetElapsedTime(closing.Since) > Remembered);
        return _closings.FindLast(closing => closing.IsAbout(link))?.Code;
    }

    /// <param name="At">By the clock on the wall, as the time at which a link came is a gateway's.</param>
    /// <param name="Since">A timestamp.</param>
    private sealed record Closing(int Code, string? Session, HashSet<string> Known, DateTimeOffset At, long Since)
    {
        /// <summary>Of a session, by what the link is now: one that has shown a token of another session since is of that one.</summary>
        public bool IsAbout(UserLink link) =>
            Session is null ? Known.Contains(link.Id) || link.ConnectedAt <= At : link.Session == Session;
    }
}
