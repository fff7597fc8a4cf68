using System.Globalization;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>How long something took, in half of all cases and in all but one of a hundred.</summary>
internal sealed record Timing(TimeSpan P50, TimeSpan P99)
{
    public static Timing Of(Latencies times) => new(times.At(0.5), times.At(0.99));

    /// <summary>Each part of its own.</summary>
    public static Timing MedianOf(IReadOnlyList<Timing> rounds) => new(
        rounds.Select(round => round.P50).Order().ElementAt(rounds.Count / 2), rounds.Select(round => round.P99).Order().ElementAt(rounds.Count / 2));

    /// <summary>From the least to the most that a round had.</summary>
    public static string Spread(IEnumerable<TimeSpan> rounds) => string.Create(
        CultureInfo.InvariantCulture, $"{rounds.Min().TotalMilliseconds:F1} to {rounds.Max().TotalMilliseconds:F1}");
}
