using System.Collections.Immutable;
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
    /// Sets what the change names and nothing else. Obeyed from the next start on, over what is configured, and kept over restarts. Throws
    /// <c>invalid-request</c> that names the field for a limit below 1 or above what an option may be.
    /// </summary>
    [Idempotent, Alias("ChangeLimitsAsync")]
    Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken);

    /// <summary>Sets all of them: what gateways asked before there was <see cref="ChangeLimitsAsync"/>.</summary>
    [Idempotent, Alias("SetLimitsAsync")]
    Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken);

    /// <summary>Completes when each job that was accepted until now has a row of its own, so that who reads the table sees it.</summary>
    [Idempotent, Alias("StoreRowsAsync")]
    Task StoreRowsAsync(CancellationToken cancellationToken);

    /// <summary>A failed job is ready again, with all its attempts; whoever waits for it is told first.</summary>
    [Alias("RetryJobAsync")]
    Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>A delayed job is ready now, in the place of one that is added now, or in its own where that is sooner.</summary>
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

    /// <summary>
    /// Deletes all that waits, and if asked to all that is delayed: what was there when it was asked for. Whoever waits for one of them is told
    /// that it is cancelled. It goes on when the caller has given up.
    /// </summary>
    [ResponseTimeout("00:02:00"), Alias("DrainAsync")]
    Task<QueueStatus> DrainAsync(bool delayed, CancellationToken cancellationToken);

    /// <summary>Deletes jobs that ended in a state, the oldest end first, and says which.</summary>
    /// <param name="state">Completed, failed or cancelled.</param>
    /// <param name="grace">Those that ended within it stay.</param>
    /// <param name="limit">1 to <see cref="MaxCleaned"/>.</param>
    [Alias("CleanAsync")]
    Task<ImmutableArray<JobId>> CleanAsync(JobState state, TimeSpan grace, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes every job of the queue. Throws <c>job-state-conflict</c> while any runs, unless it is forced: those are told to stop, and their
    /// rows go when they end. It goes on when the caller has given up.
    /// </summary>
    [ResponseTimeout("00:02:00"), Alias("ObliterateAsync")]
    Task<QueueStatus> ObliterateAsync(bool force, CancellationToken cancellationToken);

    /// <summary>Jobs of one <see cref="CleanAsync"/>.</summary>
    const int MaxCleaned = 1000;
}
