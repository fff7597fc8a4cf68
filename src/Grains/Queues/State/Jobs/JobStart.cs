using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>A run that was granted to a worker; the job's payload is in the store.</summary>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="IsFirst">
/// The job was never started before. A first attempt can be a second start, when the first run was handed back.
/// </param>
/// <param name="ReadyAtMs">The instant since which the job could start: its acceptance, the end of its delay, or its unblocking.</param>
internal readonly record struct JobStart(JobId Id, JobLease Lease, int Attempt, bool IsFirst, long ReadyAtMs);

/// <summary>The result of <see cref="QueueState.Take"/>.</summary>
/// <param name="Starts">At most as many as the worker has free slots.</param>
/// <param name="Changes">The starts, and the jobs that were found to be due or past their deadlines.</param>
internal sealed record TakeResult(ImmutableArray<JobStart> Starts, ImmutableArray<JobChange> Changes);
