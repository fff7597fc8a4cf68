namespace JubileeVerse.Queues.State;

/// <summary>A worker's right to run a job, while it lasts.</summary>
internal sealed class Lease(CompactId id, JobLease number, string worker, long? seenAtPoll, long? startedAtMs, long expiresAtMs)
{
    public CompactId Id => id;

    public JobLease Number => number;

    public string Worker => worker;

    /// <summary>Null for one that was loaded: its row has it.</summary>
    public long? StartedAtMs => startedAtMs;

    /// <summary>The poll that it was granted in or last listed by; null for one that was loaded, until its worker's first poll.</summary>
    public long? SeenAtPoll { get; set; } = seenAtPoll;

    public long ExpiresAtMs { get; set; } = expiresAtMs;

    public StopRequest Stop { get; set; }

    public bool CancelRequested => Stop != StopRequest.None;
}
