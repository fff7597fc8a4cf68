using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Queues;

/// <summary>
/// One queue's backlog: who is next, who runs what, what is tried again. Key: queue name.
/// The only writer of its jobs' rows once they are inserted.
/// </summary>
[Alias("IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Makes committed jobs known. Losing the call costs nothing: the table is swept. Known ones are left alone.</summary>
    [Alias("OfferAsync")]
    Task<ImmutableArray<JobStanding>> OfferAsync(ImmutableArray<Job> jobs, CancellationToken cancellationToken);

    /// <summary>Waits up to two seconds for work.</summary>
    [ResponseTimeout("00:00:10"), Alias("PollAsync")]
    Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken);

    /// <summary>Answers after the commit. False: the lease was lost, nothing was recorded.</summary>
    [Alias("ReportAsync")]
    Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken);

    /// <summary>Reports of different runs, each answered as <see cref="ReportAsync"/> does, in the same order. Answers after the commit.</summary>
    [Alias("ReportManyAsync")]
    Task<ImmutableArray<bool>> ReportManyAsync(ImmutableArray<JobReport> reports, CancellationToken cancellationToken);

    /// <summary>Ends a job that has not ended; a running one is told to stop. Answers after the commit. False: there is none.</summary>
    [Alias("CancelAsync")]
    Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Null for a job that is not open.</summary>
    [Idempotent, Alias("StandingAsync")]
    Task<JobStanding?> StandingAsync(JobId id, CancellationToken cancellationToken);

    [Idempotent, Alias("GetAsync")]
    Task<QueueStatus> GetAsync(CancellationToken cancellationToken);

    /// <summary>Who takes work of this queue, by name; those whose silo has died are not among them.</summary>
    [Idempotent, Alias("WorkersAsync")]
    Task<ImmutableArray<QueueWorker>> WorkersAsync(CancellationToken cancellationToken);

    /// <summary>Nothing starts until <see cref="ResumeAsync"/>; jobs stay waiting. Kept over restarts.</summary>
    [Idempotent, Alias("PauseAsync")]
    Task<QueueStatus> PauseAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("ResumeAsync")]
    Task<QueueStatus> ResumeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A silo is about to leave: if the queue is there, it moves to another active one now, while all workers can still say what they hold.
    /// False: it is elsewhere already, or there is no other silo. True: it moves; ask again, as a call that crosses the move can bring it back.
    /// </summary>
    /// <param name="worker">The silo, by the name of its worker.</param>
    [ResponseTimeout("00:00:02"), Alias("LeaveAsync")]
    Task<bool> LeaveAsync(string worker);
}
