using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using JubileeVerse.Bench.Realtime.Servers;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>A gateway with many links is told to stop.</summary>
/// <param name="Links">How many.</param>
/// <param name="Resets">Of them, those that did not end with a closing frame and a close of the socket.</param>
/// <param name="FirstEnd">Since SIGTERM.</param>
/// <param name="LastEnd">Since SIGTERM.</param>
/// <param name="Gone">Since SIGTERM, when the process was gone.</param>
/// <param name="ExitCode">Its last word.</param>
/// <param name="MostInASecond">Of the links, by the times at which they were told to come back.</param>
internal sealed record LinkDrain(int Links, int Resets, TimeSpan FirstEnd, TimeSpan LastEnd, TimeSpan Gone, int ExitCode, int MostInASecond)
{
    public const int LinkCount = 1000;

    private const int OpeningAtOnce = 32;

    public static async Task<LinkDrain> RunAsync(ProductServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var links = new HubSocket[Math.Min(LinkCount, visitors.Count)];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, links.Length, options, async (i, token) =>
            {
                var cookies = new CookieContainer();
                cookies.SetCookies(server.Address, visitors[i].Cookie!);
                links[i] = await HubSocket.OpenAsync(server.Address, cookies, token);
            });

            var begin = TimeProvider.System.GetTimestamp();
            var ends = Task.WhenAll(links.Select(link => EndOfAsync(link, begin, cancellationToken)));
            var exitCode = await server.StopGatewayAsync(cancellationToken);
            var gone = TimeProvider.System.GetElapsedTime(begin);
            return Of(await ends, gone, exitCode);
        }
        finally
        {
            foreach (var link in links)
                link?.Dispose();
        }
    }

    private static LinkDrain Of(IReadOnlyList<(TimeSpan At, TimeSpan? ComesBack)> ends, TimeSpan gone, int exitCode)
    {
        var mostInASecond = ends.Where(end => end.ComesBack is not null).CountBy(end => (int)end.ComesBack!.Value.TotalSeconds).Max(second => second.Value);
        return new LinkDrain(
            ends.Count, ends.Count(end => end.ComesBack is null), ends.Min(end => end.At), ends.Max(end => end.At), gone, exitCode, mostInASecond);
    }

    /// <summary>When it ended, and when its client comes back; null where it was reset.</summary>
    private static async Task<(TimeSpan At, TimeSpan? ComesBack)> EndOfAsync(HubSocket link, long begin, CancellationToken cancellationToken)
    {
        JsonElement? last = null;
        try
        {
            while (await link.NextAsync(cancellationToken) is { } record)
            {
                foreach (var frame in HubSocket.FramesOf(record))
                    last = frame;
            }

            await link.CloseAsync(cancellationToken);
        }
        catch (WebSocketException)
        {
            last = null;
        }

        var at = TimeProvider.System.GetElapsedTime(begin);
        return last is { } closing && closing.TryGetProperty("reconnectAfterMs", out var pause) && link.CloseStatus == WebSocketCloseStatus.NormalClosure
            ? (at, at + TimeSpan.FromMilliseconds(pause.GetInt32()))
            : (at, null);
    }
}
