using System.Collections.Concurrent;
using System.Globalization;

namespace JubileeVerse.Bench.Reports;

/// <summary>A collection of durations.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<TimeSpan> _all = [];

    public int Count => _all.Count;

    public void Add(TimeSpan duration) => _all.Add(duration);

    /// <summary>The duration at a quantile, 0 to 1.</summary>
    public TimeSpan At(double quantile)
    {
        var sorted = _all.Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))];
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{At(0.5).TotalMilliseconds:F1} / {At(0.99).TotalMilliseconds:F1} ms");
}
