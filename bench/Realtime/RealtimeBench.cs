using JubileeVerse.Bench.Realtime.Measured;
using JubileeVerse.Bench.Realtime.Servers;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime;

/// <summary>
/// Measures a silo and a gateway as separate processes, optionally compared with two Socket.IO processes, with the same clients.
/// </summary>
internal static class RealtimeBench
{
    private const string EventsPath = "/api/events?channel=announcements";

    /// <summary>
    /// Frames of the peer between processes. They are fewer, because the peer is slower and a round should take the same time.
    /// </summary>
    private const int PeerFrames = 50_000;

    /// <summary>
    /// Both loads have the same number of pieces per second. The second one has fewer replies, at the speed of a fast model.
    /// </summary>
    public static IReadOnlyList<DeltaLoad> Loads(RealtimeArguments arguments) =>
    [
        new DeltaLoad(arguments.Streams, TimeSpan.FromMilliseconds(200)),
        new DeltaLoad(Math.Max(1, arguments.Streams / 10), TimeSpan.FromMilliseconds(20)),
    ];

    public static async Task RunAsync(
        RealtimeArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var model = await StampedModel.StartAsync(cancellationToken);
        RealtimeFigures? peer = null;
        if (arguments.PeerFolder is { } folder)
            peer = await PeerAsync(Path.GetFullPath(folder), arguments, model, report, cancellationToken);
        var outbox = await OutboxRate.RunAsync(stores, arguments.Rounds, cancellationToken);
        LogProgress("outbox");
        var product = await ProductAsync(arguments, model, outbox, cancellationToken);
        new RealtimeReport(arguments, product, peer).Write(report);
    }

    private static async Task<RealtimeFigures> PeerAsync(
        string folder, RealtimeArguments arguments, StampedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var server = await SocketIoServer.StartAsync(folder, model, cancellationToken);
        report.Line($"The peer is {server.Versions} on the same cores.");
        var visitors = await server.SignInVisitorsAsync(arguments.Connections, cancellationToken);
        var figures = await MeasureAsync(server, visitors, arguments, model, cancellationToken);
        var rates = new List<double>();
        for (var round = 0; round <= arguments.Rounds; round++)
            rates.Add(await server.FramesPerSecondAsync(PeerFrames, OutboxRate.ChannelCount, cancellationToken));
        LogProgress($"{server.Name}: frames");

        // The first round is a warm-up for the JIT.
        return figures with { FramesPerSecond = rates[1..] };
    }

    private static async Task<RealtimeFigures> ProductAsync(
        RealtimeArguments arguments, StampedModel model, IReadOnlyList<OutboxFigures> outbox, CancellationToken cancellationToken)
    {
        await using var server = await ProductServer.StartAsync(model, cancellationToken);
        int[] counts =
            [arguments.Connections, arguments.FanOut, arguments.Streams, SlowReader.ConnectionCount, DrainFigures.ConnectionCount];
        var visitors = await server.SignInVisitorsAsync(counts.Max(), cancellationToken);
        LogProgress($"{server.Name}: users are signed in");
        var slowReader = await SlowReader.RunAsync(server, visitors, cancellationToken);
        LogProgress($"{server.Name}: slow reader");
        var drain = await DrainFigures.RunAsync(server, visitors, cancellationToken);
        LogProgress($"{server.Name}: drain");
        await server.UseFreshGatewayAsync(cancellationToken);
        var figures = await MeasureAsync(server, visitors, arguments, model, cancellationToken);
        await server.UseFreshGatewayAsync(cancellationToken);
        var events = await IdleCost.MeasureEventsAsync(server, EventsPath, [.. visitors.Take(arguments.Connections)], cancellationToken);
        LogProgress($"{server.Name}: idle event streams");
        return figures with
        {
            Events = events,
            SlowReader = slowReader,
            Drain = drain,
            FramesPerSecond = [.. outbox.Select(round => round.FramesPerSecond)],
            FramesPerBatch = outbox.Select(round => round.FramesPerBatch).Order().ElementAt(outbox.Count / 2),
        };
    }

    private static async Task<RealtimeFigures> MeasureAsync(
        IRealtimeServer server,
        IReadOnlyList<Visitor> visitors,
        RealtimeArguments arguments,
        StampedModel model,
        CancellationToken cancellationToken)
    {
        var idle = await IdleCost.MeasureConnectionsAsync(server, [.. visitors.Take(arguments.Connections)], cancellationToken);
        LogProgress($"{server.Name}: idle connections");
        var fanOut = await FanOut.RunAsync(server, [.. visitors.Take(arguments.FanOut)], arguments.Rounds, cancellationToken);
        LogProgress($"{server.Name}: fan-out");
        var deltas = new Dictionary<DeltaLoad, IReadOnlyList<DeltaFigures>>();
        foreach (var load in Loads(arguments))
            deltas.Add(load, await DeltaLag.RunAsync(server, model, load, visitors, arguments.Rounds, cancellationToken));
        LogProgress($"{server.Name}: deltas");
        return new RealtimeFigures(server.Name, idle, fanOut, deltas, []);
    }

    private static void LogProgress(string text) => Console.Error.WriteLine("  " + text);
}
