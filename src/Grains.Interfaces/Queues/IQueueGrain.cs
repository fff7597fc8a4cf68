using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>
/// The backlog of one queue: the order of waiting jobs, leases of running jobs and retries. Key: queue name.
/// It is the only writer of the rows of its jobs after their insertion.
/// </summary>
[Alias("IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Announces committed jobs. A lost call has no effect, because the queue also sweeps the table. Known jobs stay unchanged.
    /// </summary>
    [Alias("OfferAsync")]
    Task<ImmutableArray<JobStatus>> OfferAsync(ImmutableArray<Job> jobs, CancellationToken cancellationToken);

    /// <summary>Waits up to two seconds for work.</summary>
    [ResponseTimeout("00:00:10"), Alias("PollAsync")]
    Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken);

    /// <summary>Returns after the commit. Returns false if the lease was lost; then nothing was recorded.</summary>
    [Alias("ReportAsync")]
    Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken);

    /// <summary>
    /// Reports results of different runs. The return values are those of <see cref="ReportAsync"/>, in the same order, after the commit.
    /// </summary>
    [Alias("ReportManyAsync")]
    Task<ImmutableArray<bool>> ReportManyAsync(ImmutableArray<JobReport> reports, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels an open job; a running one is requested to stop. Returns after the commit. Returns false if there is no open job.
    /// </summary>
    [Alias("CancelAsync")]
    Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Null if the job is not open.</summary>
    [Idempotent, Alias("StandingAsync")]
    Task<JobStatus?> GetJobStatusAsync(JobId id, CancellationToken cancellationToken);

    [Idempotent, Alias("GetAsync")]
    Task<QueueStatus> GetAsync(CancellationToken cancellationToken);

    /// <summary>The workers of this queue, ordered by name, without those of dead silos.</summary>
    [Idempotent, Alias("WorkersAsync")]
    Task<ImmutableArray<QueueWorker>> WorkersAsync(CancellationToken cancellationToken);

    /// <summary>Starts no job until <see cref="ResumeAsync"/>; jobs stay waiting. The pause survives restarts.</summary>
    [Idempotent, Alias("PauseAsync")]
    Task<QueueStatus> PauseAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("ResumeAsync")]
    Task<QueueStatus> ResumeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Migrates the queue from a silo that is about to leave to another active one, while all workers can still report their leases.
    /// Returns false if the queue is already on another silo, or if there is no other silo. Returns true if it migrates: then call again,
    /// because a call that races with the migration can bring the queue back.
    /// </summary>
    /// <param name="worker">The worker name of the leaving silo.</param>
    [ResponseTimeout("00:00:02"), Alias("LeaveAsync")]
    Task<bool> LeaveAsync(string worker);
}
