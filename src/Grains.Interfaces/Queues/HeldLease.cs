using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>A lease on a job that a worker runs.</summary>
[GenerateSerializer, Immutable, Alias("HeldLease")]
public readonly record struct HeldLease(JobId Id, JobLease Lease);
