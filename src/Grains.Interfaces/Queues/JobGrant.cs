using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>A job and the lease to run it.</summary>
/// <param name="Lease">The lease to send with every report.</param>
/// <param name="Attempt">1 for the first.</param>
[GenerateSerializer, Immutable, Alias("JobGrant")]
public sealed record JobGrant(Job Job, JobLease Lease, int Attempt);
