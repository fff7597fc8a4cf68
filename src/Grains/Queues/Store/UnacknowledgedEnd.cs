using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.Store;

/// <summary>The end of a job that the job's owner has not acknowledged.</summary>
internal sealed record UnacknowledgedEnd(JobId Id, string? OrderKey, JobState State, string? Failure)
{
    /// <summary>The change has the order key from memory, even if the job's row is deleted.</summary>
    public static UnacknowledgedEnd From(in JobChange change) => new(change.Id, change.OrderKey.ToText(), change.State, change.Failure);

    public static UnacknowledgedEnd From(in StoredJob job) => new(job.Id, job.Job.OrderKey, job.State, job.Failure);
}
