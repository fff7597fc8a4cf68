using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>One of many who hear the same stops reading.</summary>
/// <param name="Before">A message to all, at the others, while everybody reads.</param>
/// <param name="Meanwhile">The same while one does not.</param>
/// <param name="BytesBefore">Resident memory of the gateway.</param>
/// <param name="BytesMeanwhile">The same after the messages of which one reads none; both after a full collection.</param>
/// <param name="CutAfter">Since it stopped reading.</param>
internal sealed record SlowReader(Timing Before, Timing Meanwhile, long BytesBefore, long BytesMeanwhile, TimeSpan CutAfter)
{
    public const int LinkCount = 1000;

    /// <summary>Together more than its socket and the server's have room for.</summary>
    public const int MessageCount = 800;

    private const int WarmUpMessages = 50;
    private const int FillerLength = 1900;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<SlowReader> RunAsync(ProductServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var filler = new string('x', FillerLength);
        await using var crowd = await LinkCrowd.GatherAsync(server, [.. visitors.Take(LinkCount - 1)], cancellationToken);
        await FanOut.UntilHeardAsync(server, crowd, cancellationToken);
        await FanOut.RoundAsync(server, crowd, WarmUpMessages, cancellationToken, filler);
        var before = await FanOut.RoundAsync(server, crowd, MessageCount, cancellationToken, filler);
        var bytesBefore = await SettledAsync(server, cancellationToken);

        using var stuck = await StuckLink.OpenAsync(server.Address, server.Dialect, visitors[LinkCount - 1].Cookie, cancellationToken);
        var stopped = TimeProvider.System.GetTimestamp();
        var cut = CutAsync();
        var meanwhile = await FanOut.RoundAsync(server, crowd, MessageCount, cancellationToken, filler);
        var bytesMeanwhile = await SettledAsync(server, cancellationToken);
        var cutAfter = await cut.WaitAsync(Patience, cancellationToken);
        crowd.ShouldBeOpen();
        return new SlowReader(before, meanwhile, bytesBefore, bytesMeanwhile, cutAfter);

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
