using JubileeVerse.Bench.Reports;
using JubileeVerse.Queues;

namespace JubileeVerse.Bench.Queues;

/// <summary>The results of a queue on one store, or of the peer.</summary>
/// <param name="AddedPerSecond">One job per call, many calls in flight.</param>
/// <param name="ProcessedPerSecond">From the first start until the last end is stored.</param>
/// <param name="AddedInBulkPerSecond">Many jobs per call, one call after the other.</param>
/// <param name="RoundTripP50">From adding a job to an idle queue until the caller knows that it has ended.</param>
/// <param name="RoundTripP99">The 99th percentile of the same.</param>
internal sealed record QueueFigures(
    string Name,
    double AddedPerSecond,
    double ProcessedPerSecond,
    double AddedInBulkPerSecond,
    TimeSpan RoundTripP50,
    TimeSpan RoundTripP99)
{
    /// <summary>Number of rounds; each figure is their median.</summary>
    public const int Rounds = 3;

    /// <summary>The figures of the peer to compare with; null without a peer.</summary>
    public QueueFigures? Against { get; init; }

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<QueueFigures> all)
    {
        IReadOnlyList<string> Rate(string name, Func<QueueFigures, double> figure) =>
            [name, .. all.Select(one => Figure.Rate(figure(one)) + Ratio(one.Against is { } peer ? figure(one) / figure(peer) : null))];
        IReadOnlyList<string> Time(string name, Func<QueueFigures, TimeSpan> figure) =>
        [
            name,
            .. all.Select(one => Figure.Milliseconds(figure(one)) + Ratio(one.Against is { } peer ? figure(one) / figure(peer) : null)),
        ];
        yield return Rate("jobs added per second, one per call", one => one.AddedPerSecond);
        yield return Rate("jobs processed per second", one => one.ProcessedPerSecond);
        yield return Rate($"jobs added per second, {IQueueIntakeGrain.MaxJobs} per call (the peer: 1000)", one => one.AddedInBulkPerSecond);
        yield return Time("round trip of one job, idle, p50", one => one.RoundTripP50);
        yield return Time("round trip of one job, idle, p99", one => one.RoundTripP99);
    }

    public static QueueFigures MedianOf(IReadOnlyList<QueueFigures> rounds)
    {
        T Median<T>(Func<QueueFigures, T> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
        return new QueueFigures(
            rounds[0].Name,
            Median(one => one.AddedPerSecond),
            Median(one => one.ProcessedPerSecond),
            Median(one => one.AddedInBulkPerSecond),
            Median(one => one.RoundTripP50),
            Median(one => one.RoundTripP99));
    }

    private static string Ratio(double? ratio) => ratio is { } known ? $" ({Figure.Ratio(known)} ×)" : "";
}
