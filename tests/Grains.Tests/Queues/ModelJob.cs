
namespace JubileeVerse.Queues;

/// <summary>A job as <see cref="QueueModel"/> keeps it: plain fields and no structure.</summary>
internal sealed class ModelJob(Job job)
{
    public Job Job => job;

    public JobState State { get; set; } = JobState.Waiting;

    public int Priority { get; set; } = job.Priority;

    /// <summary>Taken away where it is tried again by hand after it has passed.</summary>
    public long? Deadline { get; set; } = job.Deadline;

    public int AttemptsMade { get; set; }

    public int StartedCount { get; set; }

    public int StalledCount { get; set; }

    public long Place { get; set; }

    public long? ReadyAt { get; set; }

    /// <summary>When it was made ready since the queue last moved; 0: not since.</summary>
    public long ReadySince { get; set; }

    public long EndedAt { get; set; }

    public ModelRun? Run { get; set; }

    public long LastRun { get; set; }

    /// <summary>What the row says instead when the latest start was not written.</summary>
    public long RunBefore { get; set; }

    /// <summary>Set when the run's start was not written before the queue moved.</summary>
    public ModelRun? Unwritten { get; set; }

    /// <summary>What a change that was not written makes of it.</summary>
    public void GoBackTo(ModelJob before)
    {
        (State, Priority, Place, ReadyAt, EndedAt) = (before.State, before.Priority, before.Place, before.ReadyAt, before.EndedAt);
    }

    public ModelJob Copy() => (ModelJob)MemberwiseClone();

    public bool IsOpen => State is JobState.Waiting or JobState.Delayed or JobState.Active;
}

internal sealed record ModelRun(JobLease Lease, string Worker)
{
    public long? SeenAtPoll { get; set; }

    public long ExpiresAt { get; set; }

    public bool CancelRequested { get; set; }
}
