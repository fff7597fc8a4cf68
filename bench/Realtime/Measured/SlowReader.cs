using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>One of many subscribers of the same channel stops reading.</summary>
/// <param name="Before">Latency at the others while all connections read.</param>
/// <param name="Meanwhile">Latency at the others from when one has stopped reading until it is disconnected.</param>
/// <param name="Messages">Number of broadcasts from when it stopped reading until it was disconnected, in whole rounds.</param>
/// <param name="BytesBefore">Resident memory of the gateway while all connections read.</param>
/// <param name="BytesMeanwhile">
/// The maximum after a round until the slow one is disconnected. Both are measured after a full garbage collection.
/// </param>
/// <param name="DisconnectedAfter">Time from when it stopped reading until it was disconnected.</param>
internal sealed record SlowReader(
    Timing Before, Timing Meanwhile, int Messages, long BytesBefore, long BytesMeanwhile, TimeSpan DisconnectedAfter)
{
    public const int ConnectionCount = 1000;
    public const int MessagesPerRound = 50;
    public const int RoundsBefore = 6;

    /// <summary>Characters of three bytes each; close to the maximum length of a broadcast.</summary>
    public const int MessageLength = 1900;

    /// <summary>Together far more than the socket buffers of client and server can hold.</summary>
    private const int MaxRounds = 60;

    public static async Task<SlowReader> RunAsync(
        ProductServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        await using var crowd = await ConnectionGroup.OpenAsync(server, [.. visitors.Take(ConnectionCount - 1)], cancellationToken);
        await FanOut.WaitUntilSubscribedAsync(server, crowd, cancellationToken);
        await RoundAsync();
        var before = new List<Timing>();
        while (before.Count < RoundsBefore)
            before.Add(await RoundAsync());
        var bytesBefore = await SettledAsync(server, cancellationToken);

        using var stuck = await StuckConnection.OpenAsync(
            server.Address, server.Protocol, visitors[ConnectionCount - 1].Cookie, cancellationToken);
        var stopped = TimeProvider.System.GetTimestamp();
        var disconnect = UntilDisconnectedAsync();
        var meanwhile = new List<Timing>();
        var bytesMeanwhile = 0L;
        while (!disconnect.IsCompleted)
        {
            if (meanwhile.Count == MaxRounds)
                throw new TimeoutException($"A connection that reads nothing is still open after {MaxRounds * MessagesPerRound} messages.");
            meanwhile.Add(await RoundAsync());
            bytesMeanwhile = Math.Max(bytesMeanwhile, await SettledAsync(server, cancellationToken));
        }

        crowd.EnsureOpen();
        return new SlowReader(
            Timing.MedianOf(before),
            Timing.MedianOf(meanwhile),
            meanwhile.Count * MessagesPerRound,
            bytesBefore,
            bytesMeanwhile,
            await disconnect);

        Task<Timing> RoundAsync() =>
            FanOut.RoundAsync(server, crowd, MessagesPerRound, cancellationToken, new string('\u6F22', MessageLength));

        async Task<TimeSpan> UntilDisconnectedAsync()
        {
            await stuck.WaitForDisconnectAsync(cancellationToken);
            return TimeProvider.System.GetElapsedTime(stopped);
        }
    }

    private static async Task<long> SettledAsync(ProductServer server, CancellationToken cancellationToken)
    {
        await server.CollectAsync(cancellationToken);
        return ProcessReading.Read(server.ProcessId).ResidentBytes;
    }
}
