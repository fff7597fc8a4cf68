using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>A row of <see cref="FakeJobStore"/>.</summary>
internal sealed record FakeJobRow(StoredJob Row, string? Result, long? StartedAt)
{
    public Job Job => Row.Job;

    public bool IsOpen => Row.EndedAt is null;

    /// <summary>The job's own retention rule for its state; null when it has none.</summary>
    public KeepRule? Rule => Row.State == JobState.Failed ? Job.KeepFailed : Job.KeepCompleted;

    /// <summary>A table stores the state of a job that waits for children, and not that it waited.</summary>
    public static FakeJobRow Create(Job job, long? sortKey) =>
        new(StoredJob.FromNew(job) with { Job = job with { WaitsForChildren = false }, SortKey = sortKey }, null, null);

    public FakeJobRow With(JobChange change) => new(
        Row with
        {
            Job = Job with { Priority = change.Priority, ReadyAt = change.ReadyAt },
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
            Acknowledged = change.Acknowledged,
            Failure = FailureText.Clean(change.Failure) ?? Row.Failure,
        },
        FailureText.Clean(change.Result) ?? Result,
        change.StartedAt ?? StartedAt);

    public JobView ToView() => JobView.From(
        Job,
        Row.State,
        Row.AttemptsMade,
        Row.StartedCount,
        Row.StalledCount,
        Row.Failure,
        UnixTime.FromMilliseconds(StartedAt),
        UnixTime.FromMilliseconds(Row.EndedAt)) with
    {
        Result = Result,
    };
}
