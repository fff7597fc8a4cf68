using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>This process's live connections and the people behind them.</summary>
internal sealed class LiveConnections : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveConnection> _connections = [];
    private readonly Dictionary<UserId, int> _byUser = [];
    private readonly Meter _meter;
    private TaskCompletionSource? _empty;
    private int? _turnAwayCode;

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

    /// <param name="userId">Who is connected.</param>
    /// <param name="aborted">Cancelled when the client has left.</param>
    /// <param name="link">How the person's grain knows it; null for the stream of one reply.</param>
    public LiveConnection Add(UserId userId, CancellationToken aborted, UserLink? link = null)
    {
        var connection = new LiveConnection(this, userId, link, aborted);
        int? turnAway;
        lock (_gate)
        {
            _connections.Add(connection);
            _byUser[userId] = _byUser.GetValueOrDefault(userId) + 1;
            turnAway = _turnAwayCode;
        }

        if (turnAway is { } code)
            connection.Close(code);
        return connection;
    }

    /// <summary>Those that nothing happens on, in no order.</summary>
    public LiveConnection[] Idle()
    {
        lock (_gate)
            return [.. _connections.Where(connection => connection is { IsAnswering: false, ClosingCode: null })];
    }

    /// <summary>Whoever comes from now on is sent elsewhere.</summary>
    public void TurnAway(int code)
    {
        lock (_gate)
            _turnAwayCode = code;
    }

    public void CloseAll(int code)
    {
        TurnAway(code);
        LiveConnection[] all;
        lock (_gate)
            all = [.. _connections];
        foreach (var connection in all)
            connection.Close(code);
    }

    /// <summary>Completes when there is none.</summary>
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
            if (--_byUser[connection.UserId] == 0)
                _byUser.Remove(connection.UserId);
            if (_connections.Count > 0)
                return;
            _empty?.TrySetResult();
            _empty = null;
        }
    }
}
