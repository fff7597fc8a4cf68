using System.Diagnostics.Metrics;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>The metrics of all queues.</summary>
internal sealed class QueueInstruments
{
    public const string MeterName = "JubileeVerse.Queues";

    // The SDK's default buckets start at 5 s, but most waits and runs are shorter than that.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
        [
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600, 900,
        ],
    };

    private readonly Histogram<double> _runTime;
    private readonly Histogram<double> _waitTime;
    private readonly Counter<long> _stalled;

    public QueueInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _runTime = meter.CreateHistogram<double>(
            "jubileeverse.queue.job.duration", "s", "Duration of job runs, by queue, priority and outcome.", tags: null, Seconds);
        _waitTime = meter.CreateHistogram<double>(
            "jubileeverse.queue.job.wait",
            "s",
            "Time from when a job was ready to its first start, by queue and priority.",
            tags: null,
            Seconds);
        _stalled = meter.CreateCounter<long>(
            "jubileeverse.queue.job.stalled", "{job}", "Runs whose worker stopped or became unreachable, by queue.");
    }

    public void RunEnded(string queue, int priority, JobOutcomeKind? outcome, TimeSpan duration) => _runTime.Record(
        duration.TotalSeconds,
        new("queue", queue),
        new("priority", priority),
        new("outcome", outcome?.ToString().ToLowerInvariant() ?? "lease-lost"));

    /// <summary>
    /// Records the wait before a job's first start. A later start is not recorded, because it also waited for its retry delay.
    /// </summary>
    /// <param name="priority">1 (highest) to 10.</param>
    /// <param name="waitedSeconds">The time since the job was accepted, or since it was ready if that was later.</param>
    public void JobFirstStarted(string queue, int priority, double waitedSeconds) =>
        _waitTime.Record(waitedSeconds, new("queue", queue), new("priority", priority));

    public void JobStalled(string queue) => _stalled.Add(1, new KeyValuePair<string, object?>("queue", queue));
}
