using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// The complete state of a job that the store must write. Because it is complete, a change that waits to be written is superseded by a
/// later change of the same job.
/// </summary>
/// <param name="Event">The event that caused the change; null when only the sort key, the priority or the stop request changed.</param>
/// <param name="AttemptsMade">Runs that ended in completion or failure.</param>
/// <param name="StartedCount">Runs that were started.</param>
/// <param name="StalledCount">Runs that lost their worker.</param>
/// <param name="SortKey">The sort key, also while the job runs or is delayed.</param>
/// <param name="ReadyAt">Unix milliseconds; null unless the job is delayed.</param>
/// <param name="LeaseRun"><see cref="JobLease.Run"/> of the latest run, kept after the run has ended; null before the first run.</param>
/// <param name="LeaseWorker">Null unless the job is active.</param>
/// <param name="Failure">The failure text of this event; null keeps the stored one.</param>
/// <param name="Result">The result of this event; null keeps the stored one.</param>
/// <param name="StartedAt">The start of the run that this event began or ended; null keeps the stored one.</param>
/// <param name="EndedAt">Null while the job is open, including after a retry by hand.</param>
internal readonly record struct JobChange(
    JobId Id,
    JobEvent? Event,
    JobState State,
    int AttemptsMade,
    int StartedCount,
    int StalledCount,
    long SortKey,
    long? ReadyAt,
    long? LeaseRun,
    string? LeaseWorker,
    string? Failure,
    string? Result,
    long? StartedAt,
    long? EndedAt)
{
    /// <summary>The priority with which the job was accepted or that an operator has set since.</summary>
    public required int Priority { get; init; }

    /// <summary>The job's order key, for the events that are published about the job. It never changes.</summary>
    public CompactId OrderKey { get; init; }

    /// <summary>The stop request of the current run, or of the run that this event ended.</summary>
    public StopRequest Stop { get; init; }

    /// <summary>
    /// False for a failure or cancellation, because the job's owner must still be notified: the row stays unacknowledged until the owner
    /// has acknowledged the end. The run itself reports a completion to the owner.
    /// </summary>
    public bool Acknowledged => State is not (JobState.Failed or JobState.Cancelled);
}
