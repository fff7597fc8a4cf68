namespace JubileeVerse.Queues.State;

/// <summary>A job's row as a queue loads it. The payload stays in the store until the job starts: a million of them would not fit.</summary>
/// <param name="Id">Unique in its queue.</param>
/// <param name="UserId">The fairness key.</param>
/// <param name="OrderKey">Jobs with the same one never run together.</param>
/// <param name="OrderNumber">Their order among themselves.</param>
/// <param name="Priority">1 (first) to 10.</param>
/// <param name="Weight">The user's share against others'.</param>
/// <param name="Attempts">How many runs may fail.</param>
/// <param name="BackoffMs">Base of the wait between attempts.</param>
/// <param name="AcceptedAt">Unix milliseconds.</param>
/// <param name="Deadline">Unix milliseconds; null for none.</param>
/// <param name="State">As it was last written.</param>
/// <param name="AttemptsMade">Runs that ended in completion or failure.</param>
/// <param name="StartedCount">Runs.</param>
/// <param name="StalledCount">Runs that lost their worker.</param>
/// <param name="Place">Null: the queue has not seen it yet.</param>
/// <param name="ReadyAt">Of a delayed job.</param>
/// <param name="LeaseRun"><see cref="JobLease.Run"/> of its latest run; kept after the run has ended.</param>
/// <param name="LeaseWorker">Who runs it; null unless active.</param>
/// <param name="EndedAt">Null while it is open.</param>
/// <param name="Backoff">How the wait between attempts grows.</param>
/// <param name="Jitter">0 to 1.</param>
/// <param name="Cost">What it counts for in its user's share.</param>
/// <param name="ParentId">The job that waits for it; null where none does.</param>
/// <param name="OnFailure">What its failure means to that.</param>
/// <param name="Stop">What was asked of its run.</param>
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
    long? Place = null,
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
    /// <summary>The state in which a job is accepted.</summary>
    public static JobState FirstStateOf(Job job) =>
        job.WaitsForChildren ? JobState.Blocked : job.ReadyAt > job.AcceptedAt ? JobState.Delayed : JobState.Waiting;

    /// <summary>A job that was just offered.</summary>
    public static StoredJob Fresh(Job job)
    {
        var state = FirstStateOf(job);
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
