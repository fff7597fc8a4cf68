using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>One message to all links: how long after its sending it is there.</summary>
internal static class FanOut
{
    /// <summary>Of each round.</summary>
    public const int MessageCount = 20;

    private const int WarmUpMessages = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <returns>One timing a round.</returns>
    public static async Task<IReadOnlyList<Timing>> RunAsync(
        IRealtimeServer server, IReadOnlyList<Visitor> visitors, int rounds, CancellationToken cancellationToken)
    {
        await using var crowd = await LinkCrowd.GatherAsync(server, visitors, cancellationToken);
        await UntilHeardAsync(server, crowd, cancellationToken);
        await RoundAsync(server, crowd, WarmUpMessages, cancellationToken);
        var timings = new List<Timing>();
        for (var round = 0; round < rounds; round++)
            timings.Add(await RoundAsync(server, crowd, MessageCount, cancellationToken));
        return timings;
    }

    /// <summary>A link may be open a moment before it hears what everybody hears.</summary>
    public static async Task UntilHeardAsync(IRealtimeServer server, LinkCrowd crowd, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < Patience)
        {
            var board = crowd.NewBoard();
            await server.BroadcastAsync(Stamp.Now(), cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
            if (board.Times.Count == crowd.Links.Count)
                return;
        }

        throw new TimeoutException("Not all links hear what is said to all.");
    }

    /// <param name="server">Where the links are.</param>
    /// <param name="crowd">The links.</param>
    /// <param name="messages">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="filler">What each message says besides its time; with one, the next message comes at once.</param>
    public static async Task<Timing> RoundAsync(
        IRealtimeServer server, LinkCrowd crowd, int messages, CancellationToken cancellationToken, string filler = "")
    {
        var board = crowd.NewBoard();
        for (var sent = 1; sent <= messages; sent++)
        {
            await server.BroadcastAsync(Stamp.Now() + filler, cancellationToken);
            var begin = TimeProvider.System.GetTimestamp();
            while (board.Times.Count < sent * crowd.Links.Count)
            {
                if (TimeProvider.System.GetElapsedTime(begin) > Patience)
                    throw new TimeoutException($"Message {sent}: {board.Times.Count} of {sent * crowd.Links.Count} came.");
                await Task.Delay(LookPeriod, TimeProvider.System, cancellationToken);
            }

            if (filler.Length == 0)
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return Timing.Of(board.Times);
    }
}
