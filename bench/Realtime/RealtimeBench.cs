using JubileeVerse.Bench.Realtime.Measured;
using JubileeVerse.Bench.Realtime.Servers;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime;

/// <summary>A silo and a gateway as processes of their own, and beside them two processes of Socket.IO, under the same clients.</summary>
internal static class RealtimeBench
{
    private const string EventsPath = "/api/events?channel=announcements";

    /// <summary>Frames of the peer from process to process; it is slower, and a round should take as long.</summary>
    private const int PeerFrames = 50_000;

    /// <summary>As many pieces a second in both: the second is fewer answers that grow as quickly as a quick model's.</summary>
    public static IReadOnlyList<DeltaLoad> Loads(RealtimeArguments arguments) =>
    [
        new DeltaLoad(arguments.Streams, TimeSpan.FromMilliseconds(200)),
        new DeltaLoad(Math.Max(1, arguments.Streams / 10), TimeSpan.FromMilliseconds(20)),
    ];

    public static async Task RunAsync(RealtimeArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var model = await StampedModel.StartAsync(cancellationToken);
        RealtimeFigures? peer = null;
        if (arguments.PeerFolder is { } folder)
            peer = await PeerAsync(Path.GetFullPath(folder), arguments, model, report, cancellationToken);
        var outbox = await OutboxRate.RunAsync(stores, arguments.Rounds, cancellationToken);
        Say("outbox");
        var product = await ProductAsync(arguments, model, outbox, cancellationToken);
        new RealtimeReport(arguments, product, peer).Write(report);
    }

    private static async Task<RealtimeFigures> PeerAsync(
        string folder, RealtimeArguments arguments, StampedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var server = await SocketIoServer.StartAsync(folder, model, cancellationToken);
        report.Line($"The peer is {server.Versions} on the same cores.");
        var figures = await MeasureAsync(server, await server.ArriveAsync(arguments.Links, cancellationToken), arguments, model, cancellationToken);
        var rates = new List<double>();
        for (var round = 0; round <= arguments.Rounds; round++)
            rates.Add(await server.FramesPerSecondAsync(PeerFrames, OutboxRate.ChannelCount, cancellationToken));
        Say($"{server.Name}: frames");

        // The first has paid for what is compiled once.
        return figures with { FramesPerSecond = rates[1..] };
    }

    private static async Task<RealtimeFigures> ProductAsync(
        RealtimeArguments arguments, StampedModel model, IReadOnlyList<OutboxFigures> outbox, CancellationToken cancellationToken)
    {
        await using var server = await ProductServer.StartAsync(model, cancellationToken);
        var visitors = await server.ArriveAsync(new[] { arguments.Links, arguments.FanOut, arguments.Streams, SlowReader.LinkCount, LinkDrain.LinkCount }.Max(), cancellationToken);
        Say($"{server.Name}: people are there");
        var slowReader = await SlowReader.RunAsync(server, visitors, cancellationToken);
        Say($"{server.Name}: a slow reader");
        var drain = await LinkDrain.RunAsync(server, visitors, cancellationToken);
        Say($"{server.Name}: drain");
        await server.UseFreshGatewayAsync(cancellationToken);
        var figures = await MeasureAsync(server, visitors, arguments, model, cancellationToken);
        await server.UseFreshGatewayAsync(cancellationToken);
        var events = await IdleCost.OfEventsAsync(server, EventsPath, [.. visitors.Take(arguments.Links)], cancellationToken);
        Say($"{server.Name}: idle streams");
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
        IRealtimeServer server, IReadOnlyList<Visitor> visitors, RealtimeArguments arguments, StampedModel model, CancellationToken cancellationToken)
    {
        var idle = await IdleCost.OfLinksAsync(server, [.. visitors.Take(arguments.Links)], cancellationToken);
        Say($"{server.Name}: idle links");
        var fanOut = await FanOut.RunAsync(server, [.. visitors.Take(arguments.FanOut)], arguments.Rounds, cancellationToken);
        Say($"{server.Name}: fan-out");
        var deltas = new Dictionary<DeltaLoad, IReadOnlyList<DeltaFigures>>();
        foreach (var load in Loads(arguments))
            deltas.Add(load, await DeltaLag.RunAsync(server, model, load, visitors, arguments.Rounds, cancellationToken));
        Say($"{server.Name}: deltas");
        return new RealtimeFigures(server.Name, idle, fanOut, deltas, []);
    }

    private static void Say(string what) => Console.Error.WriteLine("  " + what);
}
