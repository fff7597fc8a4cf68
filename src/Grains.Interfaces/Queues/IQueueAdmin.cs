using JubileeVerse.Operations;

namespace JubileeVerse.Queues;

/// <summary>
/// What operators do to a queue and its jobs. Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// Acts on a job answer after their commit with the job as it is then. They throw <c>not-found</c> where there is none, and
/// <c>job-state-conflict</c> where its state forbids them.
/// </summary>
[Alias("IQueueAdmin")]
public interface IQueueAdmin : IGrainWithStringKey
{
    /// <summary>
    /// Obeyed from the next start on, over what is configured, and kept over restarts. Throws <c>validation-failed</c> that names the
    /// field for a limit below 1 or above what an option may be.
    /// </summary>
    [Idempotent, Alias("SetLimitsAsync")]
    Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken);

    /// <summary>A failed job is ready again, with all its attempts; whoever waits for it is told first.</summary>
    [Alias("RetryJobAsync")]
    Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>A delayed job is ready now, in its place.</summary>
    [Alias("PromoteJobAsync")]
    Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Ends a job; one that runs is told to stop and ends with its run. One that was cancelled before stays so.</summary>
    [Idempotent, Alias("CancelJobAsync")]
    Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Moves an open job to where it would be had it always had the priority, 1 to 10.</summary>
    [Idempotent, Alias("SetJobPriorityAsync")]
    Task<JobView> SetJobPriorityAsync(JobId id, int priority, CancellationToken cancellationToken);

    /// <summary>Deletes a job that does not run; whoever waits for an open one is told that it is cancelled, before its row is gone.</summary>
    [Alias("RemoveJobAsync")]
    Task<JobView> RemoveJobAsync(JobId id, CancellationToken cancellationToken);
}
