using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>
/// Measures the latency of a piece from the model to the socket, with many concurrent replies that have one follower each.
/// </summary>
internal static class DeltaLag
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private const int MaxParallelPosts = 32;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastPieces = TimeSpan.FromSeconds(3);

    /// <returns>One result per round.</returns>
    public static async Task<IReadOnlyList<DeltaFigures>> RunAsync(
        IRealtimeServer server,
        StampedModel model,
        DeltaLoad load,
        IReadOnlyList<Visitor> visitors,
        int rounds,
        CancellationToken cancellationToken)
    {
        await using var crowd = await ConnectionGroup.OpenAsync(server, [.. visitors.Take(load.Streams)], cancellationToken);
        var followers = new Visitor[load.Streams];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelPosts, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, load.Streams, options, async (i, token) =>
            followers[i] = await server.FollowAsync(crowd.Connections[i], visitors[i], token));

        model.Period = load.Period;
        model.BeginReplies();
        await Parallel.ForEachAsync(followers, options, async (follower, token) => await server.PostAsync(follower, token));
        await UntilOpenRepliesAsync(model, load.Streams, cancellationToken);
        await WaitAsync(Settling, cancellationToken);

        var figures = new List<DeltaFigures>();
        for (var round = 0; round < rounds; round++)
        {
            var board = crowd.NewBoard();
            model.BeginStamps();
            await WaitAsync(Window, cancellationToken);
            model.EndStamps();
            await WaitAsync(LastPieces, cancellationToken);
            var pieces = board.Times.Count;
            figures.Add(new DeltaFigures(Timing.From(board.Times), pieces / Window.TotalSeconds, (double)pieces / board.Frames));
        }

        model.EndReplies();
        await UntilOpenRepliesAsync(model, 0, cancellationToken);
        crowd.EnsureOpen();
        return figures;
    }

    private static async Task UntilOpenRepliesAsync(StampedModel model, int count, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (model.OpenReplies != count)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > StartTimeout)
                throw new TimeoutException($"The model has {model.OpenReplies} open replies instead of {count}.");
            await WaitAsync(PollPeriod, cancellationToken);
        }
    }

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);
}
