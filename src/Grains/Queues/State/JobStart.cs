using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>A job to hand out; its payload is in the store.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lease">The right to run it.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="IsFirst">It was never started before; a first attempt may have been, and have been handed back.</param>
/// <param name="ReadyAtMs">Since when it could have started: its acceptance, or the end of its delay or of its waiting for children.</param>
internal readonly record struct JobStart(JobId Id, JobLease Lease, int Attempt, bool IsFirst, long ReadyAtMs);

/// <summary>What a worker gets.</summary>
/// <param name="Starts">At most its free slots.</param>
/// <param name="Changes">The starts, and what was found due or past its deadline on the way.</param>
internal sealed record TakeResult(ImmutableArray<JobStart> Starts, ImmutableArray<JobChange> Changes);
