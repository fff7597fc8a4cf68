using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Queues;

/// <summary>
/// A queue's door for whoever has no store of their own to write a job in. Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// </summary>
[Alias("IQueueIntake")]
public interface IQueueIntake : IGrainWithStringKey
{
    /// <summary>
    /// Adds all or none, in this order; answers after the commit, in the same order. Idempotent for jobs with an id or a key of their own.
    /// Throws <c>invalid-request</c> that names the field, <c>queue-full</c> when they would not fit.
    /// </summary>
    /// <param name="jobs">1 to <see cref="MaxJobs"/>.</param>
    [Alias("AddAsync")]
    Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a job and those it waits for, all or none. Idempotent where the parent has an id or a key of its own. Throws as
    /// <see cref="AddAsync"/>, and <c>job-state-conflict</c> when a child's id or key is taken.
    /// </summary>
    [Alias("AddFlowAsync")]
    Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken);

    /// <summary>Waits until the job has ended, at most 25 s: its state then, or now. Null: there is no such job.</summary>
    [Idempotent, ResponseTimeout("00:00:35"), Alias("WaitAsync")]
    Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Jobs of one call.</summary>
    const int MaxJobs = 1000;
}
