namespace JubileeVerse.Realtime.Presence;

/// <summary>
/// The close requests for a user's connections of the last minute. A close frame may be lost, or may reach a gateway before the connection
/// exists there, so it is sent again for a minute whenever a gateway reports a connection that should be closed. Not thread-safe: it
/// belongs to one grain, which is single-threaded.
/// </summary>
internal sealed class RecentCloses(TimeProvider time)
{
    public static readonly TimeSpan Retention = TimeSpan.FromMinutes(1);

    /// <summary>More than a user can sign out of in a minute; at the limit, the oldest request is dropped.</summary>
    public const int MaxCount = 100;

    private readonly List<CloseRequest> _requests = [];

    /// <param name="code">The close code.</param>
    /// <param name="session">Closes the connections of this ended session, which cannot return; null closes all present
    /// connections.</param>
    /// <param name="known">The ids of the connections that are known to be affected; used when all are closed.</param>
    public void Add(int code, string? session, IEnumerable<string> known)
    {
        if (_requests.Count >= MaxCount)
            _requests.RemoveAt(0);
        _requests.Add(new CloseRequest(code, session, [.. known], time.GetUtcNow(), time.GetTimestamp()));
    }

    /// <summary>The code with which the connection must be closed; null when it may stay open.</summary>
    public int? FindCode(UserConnection connection)
    {
        _requests.RemoveAll(request => time.GetElapsedTime(request.Timestamp) > Retention);
        return _requests.FindLast(request => request.Matches(connection))?.Code;
    }

    /// <param name="At">The wall-clock time, because it is compared with the time at which a gateway accepted a connection.</param>
    /// <param name="Timestamp">The monotonic timestamp, for the age of the request.</param>
    private sealed record CloseRequest(int Code, string? Session, HashSet<string> Known, DateTimeOffset At, long Timestamp)
    {
        /// <summary>
        /// A request for a session is matched by the connection's present session, because a connection may have presented a token of
        /// another session since.
        /// </summary>
        public bool Matches(UserConnection connection) =>
            Session is null ? Known.Contains(connection.Id) || connection.ConnectedAt <= At : connection.Session == Session;
    }
}
