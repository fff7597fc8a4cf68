using System.Collections.Concurrent;
using System.Globalization;

namespace JubileeVerse.Bench.Reports;

/// <summary>Durations of one kind.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<TimeSpan> _all = [];

    public int Count => _all.Count;

    public void Add(TimeSpan duration) => _all.Add(duration);

    /// <summary>The duration that a share of all did not exceed, 0 to 1.</summary>
    public TimeSpan At(double share)
    {
        var sorted = _all.Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{At(0.5).TotalMilliseconds:F1} / {At(0.99).TotalMilliseconds:F1} ms");
}
