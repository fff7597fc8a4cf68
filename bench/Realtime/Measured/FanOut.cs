using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>Measures the latency of one message to all connections.</summary>
internal static class FanOut
{
    /// <summary>Number of messages in each round.</summary>
    public const int MessageCount = 20;

    private const int WarmUpMessages = 5;

    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <returns>One timing per round.</returns>
    public static async Task<IReadOnlyList<Timing>> RunAsync(
        IRealtimeServer server, IReadOnlyList<Visitor> visitors, int rounds, CancellationToken cancellationToken)
    {
        await using var crowd = await ConnectionGroup.OpenAsync(server, visitors, cancellationToken);
        await WaitUntilSubscribedAsync(server, crowd, cancellationToken);
        await RoundAsync(server, crowd, WarmUpMessages, cancellationToken);
        var timings = new List<Timing>();
        for (var round = 0; round < rounds; round++)
            timings.Add(await RoundAsync(server, crowd, MessageCount, cancellationToken));
        return timings;
    }

    /// <summary>
    /// Waits until all connections receive broadcasts, because a connection may be open before its subscription is active.
    /// </summary>
    public static async Task WaitUntilSubscribedAsync(IRealtimeServer server, ConnectionGroup crowd, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < DeliveryTimeout)
        {
            var board = crowd.NewBoard();
            await server.BroadcastAsync(Stamp.Now(), cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
            if (board.Times.Count == crowd.Connections.Count)
                return;
        }

        throw new TimeoutException("Not all connections receive broadcasts.");
    }

    /// <param name="messages">Number of messages.</param>
    /// <param name="filler">Additional text of each message. If it is not empty, messages are sent without a pause.</param>
    public static async Task<Timing> RoundAsync(
        IRealtimeServer server, ConnectionGroup crowd, int messages, CancellationToken cancellationToken, string filler = "")
    {
        var board = crowd.NewBoard();
        for (var sent = 1; sent <= messages; sent++)
        {
            await server.BroadcastAsync(Stamp.Now() + filler, cancellationToken);
            var begin = TimeProvider.System.GetTimestamp();
            while (board.Times.Count < sent * crowd.Connections.Count)
            {
                if (TimeProvider.System.GetElapsedTime(begin) > DeliveryTimeout)
                    throw new TimeoutException(
                        $"Message {sent}: {board.Times.Count} of {sent * crowd.Connections.Count} deliveries arrived.");
                await Task.Delay(PollPeriod, TimeProvider.System, cancellationToken);
            }

            if (filler.Length == 0)
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return Timing.From(board.Times);
    }
}
