using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// A job's row as a queue loads it. The payload stays in the store until the job starts, because a million payloads would not fit in
/// memory.
/// </summary>
/// <param name="Id">Unique within its queue.</param>
/// <param name="UserId">The fairness key.</param>
/// <param name="OrderKey">Jobs with the same order key never run at the same time.</param>
/// <param name="OrderNumber">The order among jobs with the same order key.</param>
/// <param name="Priority">1 (first) to 10.</param>
/// <param name="Weight">The user's share relative to other users.</param>
/// <param name="Attempts">The number of runs that may fail.</param>
/// <param name="BackoffMs">The base of the delay between attempts.</param>
/// <param name="AcceptedAt">Unix milliseconds.</param>
/// <param name="Deadline">Unix milliseconds; null for no deadline.</param>
/// <param name="State">The state that was written last.</param>
/// <param name="AttemptsMade">Runs that ended in completion or failure.</param>
/// <param name="StartedCount">Runs that were started.</param>
/// <param name="StalledCount">Runs that lost their worker.</param>
/// <param name="SortKey">The sort key; null when no queue has accepted the job yet.</param>
/// <param name="ReadyAt">Unix milliseconds; null unless the job is delayed.</param>
/// <param name="LeaseRun"><see cref="JobLease.Run"/> of the latest run; kept after the run has ended.</param>
/// <param name="LeaseWorker">The worker that runs the job; null unless it is active.</param>
/// <param name="EndedAt">Unix milliseconds; null while the job is open.</param>
/// <param name="Backoff">How the delay between attempts grows.</param>
/// <param name="Jitter">The part of a delay that may be taken off, 0 to 1.</param>
/// <param name="Cost">The job's cost within its user's share.</param>
/// <param name="ParentId">The parent job that waits for this job; null when there is none.</param>
/// <param name="OnFailure">What a failure of this job means to its parent.</param>
/// <param name="Stop">The stop request of the job's run.</param>
internal readonly record struct StoredJob(
    JobId Id,
    string? UserId,
    string? OrderKey,
    long OrderNumber,
    int Priority,
    int Weight,
    int Attempts,
    int BackoffMs,
    long AcceptedAt,
    long? Deadline,
    JobState State = JobState.Waiting,
    int AttemptsMade = 0,
    int StartedCount = 0,
    int StalledCount = 0,
    long? SortKey = null,
    long? ReadyAt = null,
    long? LeaseRun = null,
    string? LeaseWorker = null,
    long? EndedAt = null,
    BackoffKind Backoff = BackoffKind.Exponential,
    double Jitter = 0,
    int Cost = 1,
    string? ParentId = null,
    ChildFailure OnFailure = ChildFailure.FailParent,
    StopRequest Stop = StopRequest.None)
{
    /// <summary>The initial state of a new job.</summary>
    public static JobState InitialStateOf(Job job) =>
        job.WaitsForChildren ? JobState.Blocked : job.ReadyAt > job.AcceptedAt ? JobState.Delayed : JobState.Waiting;

    /// <summary>The row of a newly offered job.</summary>
    public static StoredJob FromNew(Job job)
    {
        var state = InitialStateOf(job);
        return new(
            job.Id,
            job.UserId,
            job.OrderKey,
            job.OrderNumber,
            job.Priority,
            job.Weight,
            job.Attempts,
            job.BackoffMs,
            job.AcceptedAt,
            job.Deadline,
            state,
            ReadyAt: state == JobState.Delayed ? job.ReadyAt : null,
            Backoff: job.Backoff,
            Jitter: job.Jitter,
            Cost: job.Cost,
            ParentId: job.ParentId?.Value,
            OnFailure: job.OnFailure);
    }
}
