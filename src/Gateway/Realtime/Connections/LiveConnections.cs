using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>The live connections and reply streams of this gateway, and their users.</summary>
internal sealed class LiveConnections : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveConnection> _connections = [];
    private readonly Dictionary<UserId, ConnectedUser> _byUser = [];
    private readonly Dictionary<UserId, AcknowledgedConnections> _acknowledged = [];
    private readonly Meter _meter;
    private TaskCompletionSource? _empty;
    private int? _rejectCode;

    public LiveConnections(IMeterFactory meters)
    {
        _meter = meters.Create(RealtimeServices.MeterName);
        _meter.CreateObservableUpDownCounter(
            "jubileeverse.connections", () => Count().Connections, "{connection}", "Live connections to this gateway.");
    }

    public ConnectionCount Count()
    {
        lock (_gate)
            return new ConnectionCount(_connections.Count, _byUser.Count);
    }

    /// <param name="aborted">Cancelled when the client has disconnected.</param>
    /// <param name="userConnection">The connection as the user's grain knows it; null for a reply stream.</param>
    /// <param name="session">The session of a reply stream; <paramref name="userConnection"/> has its own.</param>
    public LiveConnection Add(UserId userId, CancellationToken aborted, UserConnection? userConnection = null, string? session = null)
    {
        var connection = new LiveConnection(this, userId, userConnection, session, aborted);
        int? reject;
        lock (_gate)
        {
            _connections.Add(connection);
            if (!_byUser.TryGetValue(userId, out var user))
                _byUser[userId] = user = new ConnectedUser();
            user.Add(connection);
            reject = _rejectCode;
        }

        if (reject is { } code)
            connection.Close(code);
        return connection;
    }

    /// <summary>Counts the connections by transport.</summary>
    public ImmutableDictionary<ConnectionTransport, int> CountByTransport()
    {
        lock (_gate)
        {
            return _connections
                .GroupBy(connection => connection.UserConnection?.Transport ?? ConnectionTransport.ReplyStream)
                .ToImmutableDictionary(group => group.Key, group => group.Count());
        }
    }

    /// <summary>
    /// Returns the user's connections to this gateway, as their grain must know them: without those that are being closed.
    /// </summary>
    public ImmutableArray<UserConnection> UserConnectionsOf(UserId userId)
    {
        lock (_gate)
            return _byUser.TryGetValue(userId, out var user) ? [.. user.UserConnections] : [];
    }

    /// <summary>
    /// Records the connections that the user's grain has acknowledged. Of two overlapping calls, the one with the higher generation wins.
    /// </summary>
    public void SetAcknowledged(UserId userId, long generation, ImmutableArray<UserConnection> userConnections)
    {
        lock (_gate)
        {
            if (_acknowledged.TryGetValue(userId, out var last) && last.Generation > generation)
                return;
            if (userConnections.IsEmpty)
                _acknowledged.Remove(userId);
            else
                _acknowledged[userId] = new AcknowledgedConnections(generation, userConnections);
        }
    }

    /// <summary>True when the user's grain has acknowledged exactly the current connections.</summary>
    public bool IsAcknowledged(UserId userId)
    {
        lock (_gate)
        {
            var current = _byUser.TryGetValue(userId, out var user) ? user.UserConnections : [];
            return current.SequenceEqual(_acknowledged.TryGetValue(userId, out var last) ? last.Connections : []);
        }
    }

    /// <summary>
    /// Closes connections of a user, as the user's grain has requested. A reply stream has no connection id; it is closed with its
    /// session, or with all connections of the user.
    /// </summary>
    public void Close(UserId userId, CloseConnections close)
    {
        LiveConnection[] closing;
        lock (_gate)
        {
            closing = _byUser.TryGetValue(userId, out var user)
                ? [.. user.Connections.Where(connection => Matches(close, connection))]
                : [];
        }

        foreach (var connection in closing)
            connection.Close(close.Code);
    }

    /// <summary>Returns the connections that are not being closed, in no particular order.</summary>
    public LiveConnection[] GetOpen()
    {
        lock (_gate)
            return [.. _connections.Where(connection => connection.ClosingCode is null)];
    }

    /// <summary>Returns the connections of <see cref="GetOpen"/> that do not follow a running reply.</summary>
    public LiveConnection[] GetIdle() => Array.FindAll(GetOpen(), connection => !connection.HasRunningReply);

    /// <summary>Closes every connection that is added from now on.</summary>
    public void RejectNew(int code)
    {
        lock (_gate)
            _rejectCode = code;
    }

    public void CloseAll(int code)
    {
        RejectNew(code);
        LiveConnection[] all;
        lock (_gate)
            all = [.. _connections];
        foreach (var connection in all)
            connection.Close(code);
    }

    /// <summary>Completes when no connection is left.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            return _connections.Count == 0
                ? Task.CompletedTask
                : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Called by a connection that has ended.</summary>
    internal void Remove(LiveConnection connection)
    {
        lock (_gate)
        {
            if (!_connections.Remove(connection))
                return;
            var user = _byUser[connection.UserId];
            user.Remove(connection);
            if (user.IsEmpty)
                _byUser.Remove(connection.UserId);
            if (_connections.Count > 0)
                return;
            _empty?.TrySetResult();
            _empty = null;
        }
    }

    private static bool Matches(CloseConnections close, LiveConnection connection)
    {
        if (!close.ConnectionIds.IsDefaultOrEmpty)
            return connection.UserConnection is { } userConnection && close.ConnectionIds.Contains(userConnection.Id);
        return close.Session is null || connection.Session == close.Session;
    }

    private readonly record struct AcknowledgedConnections(long Generation, ImmutableArray<UserConnection> Connections);
}
