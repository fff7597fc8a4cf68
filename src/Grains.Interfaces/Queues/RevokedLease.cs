using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>A run that must stop.</summary>
[GenerateSerializer, Immutable, Alias("RevokedLease")]
public readonly record struct RevokedLease(JobId Id, JobLease Lease, JobStopReason Reason);
