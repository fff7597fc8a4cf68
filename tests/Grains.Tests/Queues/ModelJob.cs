
namespace JubileeVerse.Queues;

/// <summary>A job as <see cref="QueueModel"/> keeps it: plain fields and no structure.</summary>
internal sealed class ModelJob(Job job)
{
    public Job Job => job;

    public JobState State { get; set; } = JobState.Waiting;

    public int AttemptsMade { get; set; }

    public int StartedCount { get; set; }

    public int StalledCount { get; set; }

    public long Place { get; set; }

    public long? ReadyAt { get; set; }

    public long EndedAt { get; set; }

    public ModelRun? Run { get; set; }

    public long LastRun { get; set; }

    /// <summary>What the row says instead when the latest start was not written.</summary>
    public long RunBefore { get; set; }

    /// <summary>Set when the run's start was not written before the queue moved.</summary>
    public ModelRun? Unwritten { get; set; }

    public bool IsOpen => State is JobState.Waiting or JobState.Delayed or JobState.Active;
}

internal sealed record ModelRun(JobLease Lease, string Worker)
{
    public long? SeenAtPoll { get; set; }

    public long ExpiresAt { get; set; }

    public bool CancelRequested { get; set; }
}
