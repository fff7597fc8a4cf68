using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using JubileeVerse.Bench.Realtime.Servers;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The drain of a gateway with many connections.</summary>
/// <param name="Connections">Number of connections.</param>
/// <param name="Resets">Connections that did not end with a closing frame and a normal close of the socket.</param>
/// <param name="FirstEnd">Time from SIGTERM to the first close.</param>
/// <param name="LastEnd">Time from SIGTERM to the last close.</param>
/// <param name="ExitedAfter">Time from SIGTERM to the exit of the process.</param>
/// <param name="MostInASecond">Maximum number of reconnects within one second, according to the requested delays.</param>
internal sealed record DrainFigures(
    int Connections, int Resets, TimeSpan FirstEnd, TimeSpan LastEnd, TimeSpan ExitedAfter, int ExitCode, int MostInASecond)
{
    public const int ConnectionCount = 1000;

    private const int MaxParallelOpens = 32;

    public static async Task<DrainFigures> RunAsync(
        ProductServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var connections = new HubSocket[Math.Min(ConnectionCount, visitors.Count)];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelOpens, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, connections.Length, options, async (i, token) =>
            {
                var cookies = new CookieContainer();
                cookies.SetCookies(server.Address, visitors[i].Cookie!);
                connections[i] = await HubSocket.OpenAsync(server.Address, cookies, token);
            });

            var begin = TimeProvider.System.GetTimestamp();
            var ends = Task.WhenAll(connections.Select(connection => EndOfAsync(connection, begin, cancellationToken)));
            var exitCode = await server.StopGatewayAsync(cancellationToken);
            var exitedAfter = TimeProvider.System.GetElapsedTime(begin);
            return From(await ends, exitedAfter, exitCode);
        }
        finally
        {
            foreach (var connection in connections)
                connection?.Dispose();
        }
    }

    private static DrainFigures From(IReadOnlyList<(TimeSpan At, TimeSpan? ReconnectAt)> ends, TimeSpan exitedAfter, int exitCode)
    {
        var mostInASecond = ends.Where(end => end.ReconnectAt is not null)
            .CountBy(end => (int)end.ReconnectAt!.Value.TotalSeconds)
            .Max(second => second.Value);
        return new DrainFigures(
            ends.Count,
            ends.Count(end => end.ReconnectAt is null),
            ends.Min(end => end.At),
            ends.Max(end => end.At),
            exitedAfter,
            exitCode,
            mostInASecond);
    }

    /// <summary>When the connection ended, and when its client should reconnect; null if it was reset.</summary>
    private static async Task<(TimeSpan At, TimeSpan? ReconnectAt)> EndOfAsync(
        HubSocket connection, long begin, CancellationToken cancellationToken)
    {
        JsonElement? last = null;
        try
        {
            while (await connection.NextAsync(cancellationToken) is { } record)
            {
                foreach (var frame in HubSocket.FramesOf(record))
                    last = frame;
            }

            await connection.CloseAsync(cancellationToken);
        }
        catch (WebSocketException)
        {
            last = null;
        }

        var at = TimeProvider.System.GetElapsedTime(begin);
        return last is { } closing
            && closing.TryGetProperty("reconnectAfterMs", out var pause)
            && connection.CloseStatus == WebSocketCloseStatus.NormalClosure
            ? (at, at + TimeSpan.FromMilliseconds(pause.GetInt32()))
            : (at, null);
    }
}
