using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>A job and the state that its row has.</summary>
/// <param name="Job">
/// The job. Its payload is empty if the rows of many jobs were loaded, because a million payloads would not fit in memory.
/// </param>
/// <param name="State">The state that was written last.</param>
internal readonly record struct StoredJob(Job Job, JobState State = JobState.Waiting)
{
    public JobId Id => Job.Id;

    /// <summary>Runs that ended in completion or failure.</summary>
    public int AttemptsMade { get; init; }

    /// <summary>Runs that were started.</summary>
    public int StartedCount { get; init; }

    /// <summary>Runs that lost their worker.</summary>
    public int StalledCount { get; init; }

    /// <summary>The sort key; null when no queue has accepted the job yet.</summary>
    public long? SortKey { get; init; }

    /// <summary>Unix milliseconds; null unless the job is delayed.</summary>
    public long? ReadyAt { get; init; }

    /// <summary><see cref="JobLease.Run"/> of the latest run; kept after the run has ended.</summary>
    public long? LeaseRun { get; init; }

    /// <summary>The worker that runs the job; null unless it is active.</summary>
    public string? LeaseWorker { get; init; }

    /// <summary>Unix milliseconds; null while the job is open.</summary>
    public long? EndedAt { get; init; }

    /// <summary>The stop request of the job's run.</summary>
    public StopRequest Stop { get; init; }

    /// <summary>The job's owner has acknowledged its end, or has nothing to acknowledge.</summary>
    public bool Acknowledged { get; init; } = true;

    /// <summary>The failure text of the latest failed run.</summary>
    public string? Failure { get; init; }

    /// <summary>The initial state of a new job.</summary>
    public static JobState InitialStateOf(Job job) =>
        job.WaitsForChildren ? JobState.Blocked : job.ReadyAt > job.AcceptedAt ? JobState.Delayed : JobState.Waiting;

    /// <summary>A newly offered job.</summary>
    public static StoredJob FromNew(Job job)
    {
        var state = InitialStateOf(job);
        return new(job, state) { ReadyAt = state == JobState.Delayed ? job.ReadyAt : null };
    }
}
