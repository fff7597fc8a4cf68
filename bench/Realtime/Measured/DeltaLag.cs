using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>Many answers grow at once, each heard by one link: how long a piece is on its way from the model to the socket.</summary>
internal static class DeltaLag
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private const int AskingAtOnce = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastPieces = TimeSpan.FromSeconds(3);

    /// <returns>One reading a round.</returns>
    public static async Task<IReadOnlyList<DeltaFigures>> RunAsync(
        IRealtimeServer server,
        StampedModel model,
        DeltaLoad load,
        IReadOnlyList<Visitor> visitors,
        int rounds,
        CancellationToken cancellationToken)
    {
        await using var crowd = await LinkCrowd.GatherAsync(server, [.. visitors.Take(load.Streams)], cancellationToken);
        var listeners = new Visitor[load.Streams];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskingAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, load.Streams, options, async (i, token) =>
            listeners[i] = await server.FollowAsync(crowd.Links[i], visitors[i], token));

        model.Period = load.Period;
        model.BeginAnswers();
        await Parallel.ForEachAsync(listeners, options, async (listener, token) => await server.AskAsync(listener, token));
        await UntilSpeakingAsync(model, load.Streams, cancellationToken);
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
            figures.Add(new DeltaFigures(Timing.Of(board.Times), pieces / Window.TotalSeconds, (double)pieces / board.Frames));
        }

        model.EndAnswers();
        await UntilSpeakingAsync(model, 0, cancellationToken);
        crowd.ShouldBeOpen();
        return figures;
    }

    private static async Task UntilSpeakingAsync(StampedModel model, int count, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (model.Speaking != count)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
                throw new TimeoutException($"The model gives {model.Speaking} answers instead of {count}.");
            await WaitAsync(LookPeriod, cancellationToken);
        }
    }

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);
}
