using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>A row of <see cref="FakeJobStore"/>.</summary>
internal sealed record FakeJobRow(Job Job, StoredJob Row, bool Acknowledged, string? Failure, string? Result, long? StartedAt)
{
    public bool IsOpen => Row.EndedAt is null;

    /// <summary>The job's own retention rule for its state; null when it has none.</summary>
    public KeepRule? Rule => Row.State == JobState.Failed ? Job.KeepFailed : Job.KeepCompleted;

    public static FakeJobRow Create(Job job, long? sortKey) =>
        new(job, StoredJob.FromNew(job) with { SortKey = sortKey }, Acknowledged: true, null, null, null);

    public FakeJobRow With(JobChange change) => this with
    {
        Row = Row with
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
            Priority = change.Priority,
            Stop = change.Stop,
        },
        Acknowledged = change.Acknowledged,
        Failure = FailureText.Clean(change.Failure) ?? Failure,
        Result = FailureText.Clean(change.Result) ?? Result,
        StartedAt = change.StartedAt ?? StartedAt,
    };

    public JobRow ToRow() => new()
    {
        Queue = Job.Queue,
        Id = Job.Id.Value,
        Name = Job.Name,
        UserId = Job.UserId,
        OrderKey = Job.OrderKey,
        OrderNumber = Job.OrderNumber,
        Priority = Row.Priority,
        Weight = Job.Weight,
        Payload = Job.Payload,
        Attempts = Job.Attempts,
        BackoffMs = Job.BackoffMs,
        State = EnumText<JobState>.Format(Row.State),
        AttemptsMade = Row.AttemptsMade,
        StartedCount = Row.StartedCount,
        StalledCount = Row.StalledCount,
        Place = Row.SortKey,
        ReadyAt = Row.ReadyAt,
        LeaseRun = Row.LeaseRun,
        LeaseWorker = Row.LeaseWorker,
        Told = Acknowledged,
        Failure = Failure,
        Result = Result,
        AcceptedAt = Job.AcceptedAt,
        Deadline = Row.Deadline,
        StartedAt = StartedAt,
        EndedAt = Row.EndedAt,
        Backoff = EnumText<BackoffKind>.Format(Job.Backoff),
        Jitter = Job.Jitter,
        TimeoutMs = Job.TimeoutMs,
        Cost = Job.Cost,
        DedupKey = Job.DedupKey,
        KeepCompletedCount = Job.KeepCompleted?.Count,
        KeepCompletedMs = (long?)Job.KeepCompleted?.Age.TotalMilliseconds,
        KeepFailedCount = Job.KeepFailed?.Count,
        KeepFailedMs = (long?)Job.KeepFailed?.Age.TotalMilliseconds,
        ParentId = Job.ParentId?.Value,
        OnFailure = EnumText<ChildFailure>.Format(Job.OnFailure),
        Stop = Row.Stop == StopRequest.None ? null : EnumText<StopRequest>.Format(Row.Stop),
    };
}
