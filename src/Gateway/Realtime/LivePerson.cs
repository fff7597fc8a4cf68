using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>One person's connections here. Not thread-safe: <see cref="LiveConnections"/> locks.</summary>
internal sealed class LivePerson
{
    private readonly List<LiveConnection> _connections = [];

    public bool IsGone => _connections.Count == 0;

    public IReadOnlyList<LiveConnection> Connections => _connections;

    /// <summary>Those that their grain counts, and that are not on their way out.</summary>
    public IEnumerable<UserLink> Links =>
        _connections.Where(connection => connection.ClosingCode is null).Select(connection => connection.Link).OfType<UserLink>();

    public void Add(LiveConnection connection) => _connections.Add(connection);

    public void Remove(LiveConnection connection) => _connections.Remove(connection);
}
