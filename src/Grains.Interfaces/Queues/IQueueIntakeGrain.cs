using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>
/// Adds jobs for callers that do not write job rows in a transaction of their own. Key: queue name; the same grain as
/// <see cref="IQueueGrain"/>.
/// </summary>
[Alias("IQueueIntake"), GrainInterfaceType("JubileeVerse.Queues.IQueueIntake")]
public interface IQueueIntakeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds all jobs or none, in this order, and returns after the commit. Results are in the same order. Idempotent for jobs with an id or
    /// a deduplication key. Throws <c>invalid-request</c>, which names the field, or <c>queue-full</c> if the queue cannot take all of
    /// them.
    /// </summary>
    /// <param name="jobs">1 to <see cref="MaxJobs"/>.</param>
    [Alias("AddAsync")]
    Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a job and the children it waits for, all or none. Idempotent if the parent has an id or a deduplication key. Throws like
    /// <see cref="AddAsync"/>, and <c>job-state-conflict</c> if the id or key of a child is taken.
    /// </summary>
    [Alias("AddFlowAsync")]
    Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken);

    /// <summary>Waits up to 25 s until the job has ended, and returns its state. Null if the job does not exist.</summary>
    [Idempotent, ResponseTimeout("00:00:35"), Alias("WaitAsync")]
    Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Maximum number of jobs in one call.</summary>
    const int MaxJobs = 1000;
}
