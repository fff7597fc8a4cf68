using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>One of many who hear the same stops reading.</summary>
/// <param name="Before">A message to all, at the others, while everybody reads.</param>
/// <param name="Meanwhile">The same from when one has stopped until it is cut.</param>
/// <param name="Messages">Said to all from when it stopped until it was cut, in whole rounds.</param>
/// <param name="BytesBefore">Resident memory of the gateway.</param>
/// <param name="BytesMeanwhile">The most of it after a round, until the slow one is cut; both after a full collection.</param>
/// <param name="CutAfter">Since it stopped reading.</param>
internal sealed record SlowReader(Timing Before, Timing Meanwhile, int Messages, long BytesBefore, long BytesMeanwhile, TimeSpan CutAfter)
{
    public const int LinkCount = 1000;
    public const int MessagesOfARound = 50;
    public const int RoundsBefore = 6;

    /// <summary>Of three bytes each, the longest that may be said to all is not much longer.</summary>
    public const int MessageLength = 1900;

    /// <summary>Together far more than its socket and the server's have room for.</summary>
    private const int MaxRounds = 60;

    public static async Task<SlowReader> RunAsync(ProductServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        await using var crowd = await LinkCrowd.GatherAsync(server, [.. visitors.Take(LinkCount - 1)], cancellationToken);
        await FanOut.UntilHeardAsync(server, crowd, cancellationToken);
        await RoundAsync();
        var before = new List<Timing>();
        while (before.Count < RoundsBefore)
            before.Add(await RoundAsync());
        var bytesBefore = await SettledAsync(server, cancellationToken);

        using var stuck = await StuckLink.OpenAsync(server.Address, server.Dialect, visitors[LinkCount - 1].Cookie, cancellationToken);
        var stopped = TimeProvider.System.GetTimestamp();
        var cut = CutAsync();
        var meanwhile = new List<Timing>();
        var bytesMeanwhile = 0L;
        while (!cut.IsCompleted)
        {
            if (meanwhile.Count == MaxRounds)
                throw new TimeoutException($"A link that reads nothing is still there after {MaxRounds * MessagesOfARound} messages.");
            meanwhile.Add(await RoundAsync());
            bytesMeanwhile = Math.Max(bytesMeanwhile, await SettledAsync(server, cancellationToken));
        }

        crowd.ShouldBeOpen();
        return new SlowReader(
            Timing.MedianOf(before), Timing.MedianOf(meanwhile), meanwhile.Count * MessagesOfARound, bytesBefore, bytesMeanwhile, await cut);

        Task<Timing> RoundAsync() => FanOut.RoundAsync(server, crowd, MessagesOfARound, cancellationToken, new string('\u6F22', MessageLength));

        async Task<TimeSpan> CutAsync()
        {
            await stuck.UntilCutAsync(cancellationToken);
            return TimeProvider.System.GetElapsedTime(stopped);
        }
    }

    private static async Task<long> SettledAsync(ProductServer server, CancellationToken cancellationToken)
    {
        await server.CollectAsync(cancellationToken);
        return ProcessReading.Of(server.ProcessId).ResidentBytes;
    }
}
