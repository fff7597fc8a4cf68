using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>A run that was granted to a worker; the job's payload is in the store.</summary>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="IsFirst">
/// The job was never started before. A first attempt can be a second start, when the first run was handed back.
/// </param>
/// <param name="ReadyAtMs">The instant since which the job could start: its acceptance, the end of its delay, or its unblocking.</param>
internal readonly record struct JobStart(JobId Id, JobLease Lease, int Attempt, bool IsFirst, long ReadyAtMs);
