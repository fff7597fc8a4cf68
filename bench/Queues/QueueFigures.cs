using JubileeVerse.Bench.Reports;
using JubileeVerse.Queues;

namespace JubileeVerse.Bench.Queues;

/// <summary>What one queue did, on one store; or the peer.</summary>
/// <param name="Name">Which.</param>
/// <param name="AddedPerSecond">One job a call, many calls in flight.</param>
/// <param name="ProcessedPerSecond">From the first start until the last end is stored.</param>
/// <param name="AddedInBulkPerSecond">One call after the other.</param>
/// <param name="RoundTripP50">From adding a job to an idle queue until its end is known to who added it.</param>
/// <param name="RoundTripP99">The same.</param>
internal sealed record QueueFigures(
    string Name, double AddedPerSecond, double ProcessedPerSecond, double AddedInBulkPerSecond, TimeSpan RoundTripP50, TimeSpan RoundTripP99)
{
    /// <summary>Each figure is the median of so many.</summary>
    public const int Rounds = 3;

    /// <summary>How many times as good as the peer.</summary>
    public QueueFigures? Against { get; init; }

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<QueueFigures> all)
    {
        IReadOnlyList<string> Rate(string name, Func<QueueFigures, double> figure) =>
            [name, .. all.Select(one => Figure.Rate(figure(one)) + Ratio(one.Against is { } peer ? figure(one) / figure(peer) : null))];
        IReadOnlyList<string> Time(string name, Func<QueueFigures, TimeSpan> figure) =>
            [name, .. all.Select(one => Figure.Milliseconds(figure(one)) + Ratio(one.Against is { } peer ? figure(one) / figure(peer) : null))];
        yield return Rate("jobs added a second, one a call", one => one.AddedPerSecond);
        yield return Rate("jobs processed a second", one => one.ProcessedPerSecond);
        yield return Rate($"jobs added a second, {IQueueIntake.MaxJobs} a call (the peer: 1000)", one => one.AddedInBulkPerSecond);
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
