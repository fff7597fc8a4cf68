using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>The connections of one user to this gateway. Not thread-safe: <see cref="LiveConnections"/> holds the lock.</summary>
internal sealed class ConnectedUser
{
    private readonly List<LiveConnection> _connections = [];

    public bool IsEmpty => _connections.Count == 0;

    public IReadOnlyList<LiveConnection> Connections => _connections;

    /// <summary>The connections that the user's grain counts, without those that are being closed.</summary>
    public IEnumerable<UserConnection> UserConnections =>
        _connections.Where(connection => connection.ClosingCode is null)
            .Select(connection => connection.UserConnection)
            .OfType<UserConnection>();

    public void Add(LiveConnection connection) => _connections.Add(connection);

    public void Remove(LiveConnection connection) => _connections.Remove(connection);
}
