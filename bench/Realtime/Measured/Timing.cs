using System.Globalization;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The median and the 99th percentile of durations.</summary>
internal sealed record Timing(TimeSpan P50, TimeSpan P99)
{
    public static Timing From(Latencies times) => new(times.At(0.5), times.At(0.99));

    /// <summary>The medians of both percentiles, computed independently.</summary>
    public static Timing MedianOf(IReadOnlyList<Timing> rounds) => new(
        rounds.Select(round => round.P50).Order().ElementAt(rounds.Count / 2),
        rounds.Select(round => round.P99).Order().ElementAt(rounds.Count / 2));

    /// <summary>The range over all rounds, in milliseconds.</summary>
    public static string Spread(IEnumerable<TimeSpan> rounds) => string.Create(
        CultureInfo.InvariantCulture, $"{rounds.Min().TotalMilliseconds:F1} to {rounds.Max().TotalMilliseconds:F1}");
}
