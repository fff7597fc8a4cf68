using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Leases;

/// <summary>A worker's right to run a job until it expires or is released.</summary>
internal sealed class Lease(CompactId id, JobLease number, string worker, long? seenAtPoll, long? startedAtMs, long expiresAtMs)
{
    public CompactId Id => id;

    public JobLease Number => number;

    public string Worker => worker;

    /// <summary>Null for a lease that was loaded, because the job's row has the instant.</summary>
    public long? StartedAtMs => startedAtMs;

    /// <summary>The poll that granted the lease or last listed it; null for a loaded lease until its worker's first poll.</summary>
    public long? SeenAtPoll { get; set; } = seenAtPoll;

    public long ExpiresAtMs { get; set; } = expiresAtMs;

    public StopRequest Stop { get; set; }

    public bool CancelRequested => Stop != StopRequest.None;
}
