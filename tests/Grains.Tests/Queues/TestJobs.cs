using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Jobs and rows, with defaults for the values that a test does not care about.</summary>
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

    /// <summary>An open job for the structures below <see cref="QueueState"/>.</summary>
    public static OpenJob Open(
        string id,
        long sortKey = 0,
        long acceptedAt = 0,
        string? orderKey = null,
        long orderNumber = 0,
        int priority = 1,
        long? deadline = null,
        JobState state = JobState.Waiting)
    {
        var job = Job(id, acceptedAt, null, orderKey, orderNumber, priority, deadline: deadline);
        return new(new StoredJob(job, state) { SortKey = sortKey }, new UserShare(default), JobSettings.From(job));
    }

    /// <summary>The row of a job after a change was written.</summary>
    public static StoredJob Row(Job job, JobChange change) => StoredJob.FromNew(job) with
    {
        State = change.State,
        AttemptsMade = change.AttemptsMade,
        StartedCount = change.StartedCount,
        StalledCount = change.StalledCount,
        SortKey = change.SortKey,
        ReadyAt = change.ReadyAt,
        LeaseRun = change.LeaseRun,
        LeaseWorker = change.LeaseWorker,
        EndedAt = change.EndedAt,
        Stop = change.Stop,
    };
}
