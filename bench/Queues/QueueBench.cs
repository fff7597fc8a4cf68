using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Queues;

/// <summary>Measures a queue in a silo of this process, optionally against a peer, and a very long queue.</summary>
internal static class QueueBench
{
    public static async Task RunAsync(
        QueueArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        var peer = arguments.PeerFolder is { } folder
            ? await BullMq.RunAsync(Path.GetFullPath(folder), arguments.Jobs, cancellationToken)
            : null;
        var figures = new List<QueueFigures>();
        var backlogs = new List<LongQueue>();
        foreach (var storage in arguments.Storages)
        {
            await using var store = await stores.CreateAsync(storage);
            await using (var site = await QueueSite.StartAsync(store, cancellationToken))
                figures.Add(await new JobLoad(store, site, arguments.Jobs).RunAsync(storage, cancellationToken) with { Against = peer });
            if (arguments.Backlog > 0)
                backlogs.Add(await LongQueue.MeasureAsync(store, storage, arguments.Backlog, cancellationToken));
        }

        QueueFigures[] all = peer is null ? [.. figures] : [peer, .. figures];
        report.Heading("Queues");
        report.Line(
            $"One silo, one queue, {arguments.Jobs:N0} jobs without work, of 350 bytes and ten priorities; "
            + $"{JobLoad.InFlight} calls in flight, {QueueSite.Slots} slots, {JobLoad.RoundTrips} round trips; "
            + $"each figure is the median of {QueueFigures.Rounds} rounds. "
            + "Added and ended jobs are on the disk, with fsync."
            + (peer is null ? "" : " The peer's Redis syncs its log once a second. In brackets: the ratio to the peer."));
        report.Table(["", .. all.Select(one => one.Name)], QueueFigures.Rows(all));
        if (backlogs.Count == 0)
            return;
        report.Line($"A queue with {arguments.Backlog:N0} waiting jobs:");
        report.Table(["", .. backlogs.Select(one => one.Storage)], LongQueue.Rows(backlogs));
    }
}
