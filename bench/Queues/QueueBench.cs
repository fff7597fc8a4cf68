using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Queues;

/// <summary>A queue in a silo of this process against a peer, and a very long queue.</summary>
internal static class QueueBench
{
    public static async Task RunAsync(QueueArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        var peer = arguments.PeerFolder is { } folder ? await BullMq.RunAsync(Path.GetFullPath(folder), arguments.Jobs, cancellationToken) : null;
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
            $"One silo, one queue, jobs that do nothing, {arguments.Jobs:N0} of 350 bytes and ten priorities; {JobLoad.InFlight} calls in flight, "
            + $"{QueueSite.Slots} slots, {JobLoad.RoundTrips} round trips; each figure is the median of {QueueFigures.Rounds}. What is added or has ended is on the disk, with fsync."
            + (peer is null ? "" : " The peer's Redis syncs its log once a second. In brackets: times the peer's figure."));
        report.Table(["", .. all.Select(one => one.Name)], QueueFigures.Rows(all));
        if (backlogs.Count == 0)
            return;
        report.Line($"A queue in which {arguments.Backlog:N0} jobs wait:");
        report.Table(["", .. backlogs.Select(one => one.Storage)], LongQueue.Rows(backlogs));
    }
}
