using JubileeVerse.Queues.Jobs;


namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>A job of <see cref="QueueModel"/>: plain fields without index structures.</summary>
internal sealed class ModelJob(Job job)
{
    public Job Job => job;

    public JobState State { get; set; } = JobState.Waiting;

    public int Priority { get; set; } = job.Priority;

    /// <summary>Removed when the job is retried by hand after the deadline has passed.</summary>
    public long? Deadline { get; set; } = job.Deadline;

    public int AttemptsMade { get; set; }

    public int StartedCount { get; set; }

    public int StalledCount { get; set; }

    public long SortKey { get; set; }

    public long? ReadyAt { get; set; }

    /// <summary>When the job became ready after the latest move of the queue; 0 if it has not.</summary>
    public long ReadySince { get; set; }

    public long EndedAt { get; set; }

    public ModelRun? Run { get; set; }

    public long LastRun { get; set; }

    /// <summary>The lease run in the row if the latest start was not written.</summary>
    public long PreviousRun { get; set; }

    /// <summary>The run whose start was not written before the queue moved; null if there is none.</summary>
    public ModelRun? Unwritten { get; set; }

    /// <summary>Reverts a change that was not written.</summary>
    public void RevertTo(ModelJob before)
    {
        (State, Priority, SortKey, ReadyAt, EndedAt) = (before.State, before.Priority, before.SortKey, before.ReadyAt, before.EndedAt);
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
