using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Queues.State;

/// <summary>
/// The in-memory state of a queue: its open jobs, their leases, the start gate and the service rate. The parts of
/// <see cref="QueueState"/> share one instance.
/// </summary>
internal sealed class QueueMemory(QueueRules rules, QueueLimits limits, bool paused)
{
    public QueueRules Rules => rules;

    public JobRegistry Jobs { get; } = new(rules);

    public LeaseTable Leases { get; } = new(rules.LeaseMs);

    public StartGate Gate { get; } = new(rules, limits.StartsPerSecond, paused);

    public ServiceRate Service { get; } = new();

    /// <summary>Applies an event to a job that does not run, and returns the change to write.</summary>
    public JobChange Move(OpenJob job, JobEvent e, long now, string? failure = null, long? sortKey = null)
    {
        Jobs.Move(job, e, now, sortKey: sortKey);
        return ChangeOf(job, e, now, failure: failure);
    }

    /// <summary>The status of a job; null when the job is not open.</summary>
    public JobStatus? StatusOf(JobId id, long now) => Jobs.Find(CompactId.From(id)) is { } job ? StatusOf(job, now) : null;

    public JobStatus StatusOf(OpenJob job, long now)
    {
        var position = Jobs.Backlog.RankOf(job);
        return new(job.Id.ToJobId(), job.State, position, position is { } rank ? Service.EtaSeconds(rank, now) : null);
    }

    /// <summary>The change that stores the current state of a job.</summary>
    public JobChange ChangeOf(
        OpenJob job,
        JobEvent? e,
        long now,
        long? readyAt = null,
        string? failure = null,
        string? result = null,
        long? startedAt = null,
        StopRequest stop = StopRequest.None) => new(
        job.Id.ToJobId(),
        e,
        job.State,
        job.AttemptsMade,
        job.StartedCount,
        job.StalledCount,
        job.SortKey,
        job.State == JobState.Delayed ? readyAt : null,
        job.LastRun == 0 ? null : job.LastRun,
        Leases.Find(job.Id)?.Worker,
        failure,
        result,
        startedAt,
        JobStateMachine.IsOpen(job.State) ? null : now)
        {
            Priority = job.Priority,
            OrderKey = job.OrderKey,
            Stop = Leases.Find(job.Id)?.Stop ?? stop,
        };
}
