using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Store;

/// <summary>Measures the writer of the store alone.</summary>
internal static class StoreBench
{
    public static async Task RunAsync(
        BenchArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(arguments.Seconds);
        var results = new List<StoreFigures>();
        foreach (var storage in arguments.Storages)
        {
            await using var store = await stores.CreateAsync(storage);
            await UnitLoad.PrepareAsync(store, cancellationToken);
            var oneByOne = await UnitLoad.RunAsync(store, 1, duration, cancellationToken);
            using var batches = new BatchRecorder();
            var batched = await UnitLoad.RunAsync(store, arguments.InFlight, duration, cancellationToken);
            results.Add(new StoreFigures(storage, oneByOne, batched, batches.MeanUnits, batches.Durations));
        }

        report.Heading("The store's writer");
        report.Line(
            "A unit is one insert of 200 bytes, which is durable when it completes. One by one, and with "
            + $"{arguments.InFlight} in flight; {arguments.Seconds} s each.");
        report.Table(["", .. results.Select(result => result.Storage)], Rows(results));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(List<StoreFigures> results)
    {
        IReadOnlyList<string> Row(string name, Func<StoreFigures, string> figure) => [name, .. results.Select(figure)];
        yield return Row("units per second, one by one", result => Figure.Rate(result.OneByOnePerSecond));
        yield return Row("units per second, concurrent", result => Figure.Rate(result.BatchedPerSecond));
        yield return Row("ratio", result => Figure.Ratio(result.BatchedPerSecond / result.OneByOnePerSecond));
        yield return Row("mean units per batch", result => Figure.Ratio(result.MeanBatchUnits));
        yield return Row("commit of a batch, p50 / p99", result => result.BatchDurations.Describe());
    }
}
