using System.Diagnostics.Metrics;

namespace JubileeVerse.Queues;

/// <summary>What the queues tell about themselves.</summary>
internal sealed class QueueInstruments
{
    public const string MeterName = "JubileeVerse.Queues";

    private readonly Histogram<double> _runTime;
    private readonly Histogram<double> _waitTime;
    private readonly Counter<long> _stalled;

    public QueueInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _runTime = meter.CreateHistogram<double>("jubileeverse.queue.job.duration", "s", "How long runs of jobs took, by queue, priority and outcome.");
        _waitTime = meter.CreateHistogram<double>("jubileeverse.queue.job.wait", "s", "From acceptance to the first start, by queue and priority.");
        _stalled = meter.CreateCounter<long>("jubileeverse.queue.job.stalled", "{job}", "Runs that lost their worker, by queue.");
    }

    public void RunEnded(string queue, int priority, JobOutcomeKind? outcome, TimeSpan duration) => _runTime.Record(
        duration.TotalSeconds,
        new("queue", queue),
        new("priority", priority),
        new("outcome", outcome?.ToString().ToLowerInvariant() ?? "lease-lost"));

    /// <summary>Once a job: a later start has waited for its retry, not for its turn.</summary>
    public void JobFirstStarted(string queue, int priority, double waitedSeconds) =>
        _waitTime.Record(waitedSeconds, new("queue", queue), new("priority", priority));

    public void JobStalled(string queue) => _stalled.Add(1, new KeyValuePair<string, object?>("queue", queue));
}
