using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

/// <summary>Jobs and rows with what a test does not care about filled in.</summary>
internal static class TestJobs
{
    public const string Queue = "test";

    public static Job Job(
        string id,
        long acceptedAt = 0,
        string? user = null,
        string? orderKey = null,
        long orderNumber = 0,
        int priority = 1,
        int weight = 1,
        int attempts = 3,
        int backoffMs = 1_000,
        long? deadline = null) =>
        new(new JobId(id), Queue, "test", user, orderKey, orderNumber, priority, weight, "{}", attempts, backoffMs, acceptedAt, deadline);

    /// <summary>A node for the structures below <see cref="QueueState"/>.</summary>
    public static OpenJob Open(
        string id,
        long place = 0,
        long acceptedAt = 0,
        string? orderKey = null,
        long orderNumber = 0,
        int priority = 1,
        long? deadline = null,
        JobState state = JobState.Waiting)
    {
        var row = new StoredJob(new JobId(id), null, orderKey, orderNumber, priority, 1, 3, 1_000, acceptedAt, deadline, state, Place: place);
        return new(row, new UserShare(default), JobTerms.Of(row));
    }

    /// <summary>The row of a job after a change was written.</summary>
    public static StoredJob Row(Job job, JobChange change) => StoredJob.Fresh(job) with
    {
        State = change.State,
        AttemptsMade = change.AttemptsMade,
        StartedCount = change.StartedCount,
        StalledCount = change.StalledCount,
        Place = change.Place,
        ReadyAt = change.ReadyAt,
        LeaseRun = change.LeaseRun,
        LeaseWorker = change.LeaseWorker,
        EndedAt = change.EndedAt,
        Stop = change.Stop,
    };
}
