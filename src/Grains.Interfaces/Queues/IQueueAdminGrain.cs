using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>
/// Operations of administrators on a queue and its jobs. Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// Operations on a job return the changed job after their commit. They throw <c>not-found</c> if the job does not exist, and
/// <c>job-state-conflict</c> if its state does not permit the operation.
/// </summary>
[Alias("IQueueAdmin"), GrainInterfaceType("JubileeVerse.Queues.IQueueAdmin")]
public interface IQueueAdminGrain : IGrainWithStringKey
{
    /// <summary>
    /// Changes only the limits that are set in <paramref name="change"/>. They apply from the next start of a job, override the
    /// configuration and survive restarts. Throws <c>invalid-request</c>, which names the field, if a limit is below 1 or above the maximum
    /// of its option.
    /// </summary>
    [Idempotent, Alias("ChangeLimitsAsync")]
    Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken);

    /// <summary>Sets all limits. Only gateways from before <see cref="ChangeLimitsAsync"/> call it.</summary>
    [Idempotent, Alias("SetLimitsAsync")]
    Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken);

    /// <summary>Completes when each job accepted so far has its own row, so that readers of the table see it.</summary>
    [Idempotent, Alias("StoreRowsAsync")]
    Task StoreRowsAsync(CancellationToken cancellationToken);

    /// <summary>Makes a failed job ready again with all of its attempts. Its owner is notified first.</summary>
    [Alias("RetryJobAsync")]
    Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Makes a delayed job ready now. It gets the sort key of a job added now, or keeps its own if that is earlier.</summary>
    [Alias("PromoteJobAsync")]
    Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Cancels a job. A running job is requested to stop and ends with its run. A cancelled job stays unchanged.</summary>
    [Idempotent, Alias("CancelJobAsync")]
    Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the priority of an open job, 1 to 10. The job gets the rank that it would have if it had been added with this priority.
    /// </summary>
    [Idempotent, Alias("SetJobPriorityAsync")]
    Task<JobView> SetJobPriorityAsync(JobId id, int priority, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a job that is not running. The owner of an open job is notified of its cancellation before the row is deleted.
    /// </summary>
    [Alias("RemoveJobAsync")]
    Task<JobView> RemoveJobAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes all jobs that are waiting at the time of the call, and optionally the delayed ones. Their owners are notified of the
    /// cancellation. The deletion continues after the caller has timed out.
    /// </summary>
    [ResponseTimeout("00:02:00"), Alias("DrainAsync")]
    Task<QueueStatus> DrainAsync(bool delayed, CancellationToken cancellationToken);

    /// <summary>Deletes jobs that ended in the given state, those that ended first, and returns their ids.</summary>
    /// <param name="state">Completed, failed or cancelled.</param>
    /// <param name="grace">Jobs that ended within this period are kept.</param>
    /// <param name="limit">1 to <see cref="MaxCleaned"/>.</param>
    [Alias("CleanAsync")]
    Task<ImmutableArray<JobId>> CleanAsync(JobState state, TimeSpan grace, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes every job of the queue. Throws <c>job-state-conflict</c> while any job is running, unless it is forced: then running jobs
    /// are requested to stop, and their rows are deleted when they end. The deletion continues after the caller has timed out.
    /// </summary>
    [ResponseTimeout("00:02:00"), Alias("ObliterateAsync")]
    Task<QueueStatus> ObliterateAsync(bool force, CancellationToken cancellationToken);

    /// <summary>Maximum number of jobs in one <see cref="CleanAsync"/>.</summary>
    const int MaxCleaned = 1000;
}
