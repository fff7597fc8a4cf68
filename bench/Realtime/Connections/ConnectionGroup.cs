using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>WebSocket connections, each of a different user, with keep-alive pings.</summary>
internal sealed class ConnectionGroup : IAsyncDisposable
{
    /// <summary>Limits parallel opens, because otherwise the benchmark would measure a flooded server.</summary>
    private const int MaxParallelOpens = 32;

    /// <summary>The ping interval of SignalR clients. Each second, a part of the connections sends a ping.</summary>
    private const int PingSeconds = 15;

    private readonly ClientProtocol _dialect;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pinging;

    private ConnectionGroup(ClientProtocol dialect, IReadOnlyList<RawConnection> connections)
    {
        _dialect = dialect;
        Connections = connections;
        _pinging = PingAsync();
    }

    public IReadOnlyList<RawConnection> Connections { get; }

    public static async Task<ConnectionGroup> OpenAsync(
        IRealtimeServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var connections = new RawConnection[visitors.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelOpens, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, connections.Length, options, async (i, token) =>
            connections[i] = await RawConnection.OpenAsync(server.Address, server.Protocol, visitors[i].Cookie, token));
        return new ConnectionGroup(server.Protocol, connections);
    }

    /// <summary>Lets all connections record to a new board.</summary>
    public StampBoard NewBoard()
    {
        var board = new StampBoard();
        foreach (var connection in Connections)
            connection.Board = board;
        return board;
    }

    /// <summary>Throws if a connection was closed, because the result would then be of fewer connections than reported.</summary>
    public void EnsureOpen()
    {
        var open = Connections.Count(connection => connection.IsOpen);
        if (open != Connections.Count)
            throw new InvalidOperationException(
                $"{Connections.Count - open} of {Connections.Count} connections were closed by the server.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pinging;
        foreach (var connection in Connections)
            connection.Dispose();
        _stop.Dispose();
    }

    private async Task PingAsync()
    {
        if (_dialect.Ping is not { } ping)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            for (var second = 0; await timer.WaitForNextTickAsync(_stop.Token); second++)
            {
                for (var i = second % PingSeconds; i < Connections.Count; i += PingSeconds)
                {
                    if (Connections[i].IsOpen)
                        await Connections[i].SendAsync(ping, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connections are being disposed.
        }
    }
}
