using System.Diagnostics.Metrics;

namespace JubileeVerse.Queues;

/// <summary>What the queues tell about themselves.</summary>
internal sealed class QueueInstruments
{
    public const string MeterName = "JubileeVerse.Queues";

    // The SDK's own begin at 5 s, where nearly all that a queue does is over.
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
        _runTime = meter.CreateHistogram<double>("jubileeverse.queue.job.duration", "s", "How long runs of jobs took, by queue, priority and outcome.", tags: null, Seconds);
        _waitTime = meter.CreateHistogram<double>("jubileeverse.queue.job.wait", "s", "From when a job was ready to its first start, by queue and priority.", tags: null, Seconds);
        _stalled = meter.CreateCounter<long>("jubileeverse.queue.job.stalled", "{job}", "Runs that lost their worker, by queue.");
    }

    public void RunEnded(string queue, int priority, JobOutcomeKind? outcome, TimeSpan duration) => _runTime.Record(
        duration.TotalSeconds,
        new("queue", queue),
        new("priority", priority),
        new("outcome", outcome?.ToString().ToLowerInvariant() ?? "lease-lost"));

    /// <param name="queue">Which.</param>
    /// <param name="priority">1 (first) to 10.</param>
    /// <param name="waitedSeconds">Since it was accepted, or ready where that was later.</param>
    /// <remarks>Once a job: a later start has waited for its retry, not for its turn.</remarks>
    public void JobFirstStarted(string queue, int priority, double waitedSeconds) =>
        _waitTime.Record(waitedSeconds, new("queue", queue), new("priority", priority));

    public void JobStalled(string queue) => _stalled.Add(1, new KeyValuePair<string, object?>("queue", queue));
}
