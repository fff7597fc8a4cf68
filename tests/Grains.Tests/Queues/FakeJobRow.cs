using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <summary>A row of <see cref="FakeJobStore"/>.</summary>
internal sealed record FakeJobRow(Job Job, StoredJob Row, bool Told, string? Failure, string? Result, long? StartedAt)
{
    public bool IsOpen => Row.EndedAt is null;

    /// <summary>The rule for its state, where it brought one.</summary>
    public KeepRule? Rule => Row.State == JobState.Failed ? Job.KeepFailed : Job.KeepCompleted;

    public static FakeJobRow Of(Job job, long? place) => new(job, StoredJob.Fresh(job) with { Place = place }, Told: true, null, null, null);

    public FakeJobRow With(JobChange change) => this with
    {
        Row = Row with
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
            Priority = change.Priority,
            Stop = change.Stop,
        },
        Told = change.Told,
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
        State = EnumText<JobState>.Of(Row.State),
        AttemptsMade = Row.AttemptsMade,
        StartedCount = Row.StartedCount,
        StalledCount = Row.StalledCount,
        Place = Row.Place,
        ReadyAt = Row.ReadyAt,
        LeaseRun = Row.LeaseRun,
        LeaseWorker = Row.LeaseWorker,
        Told = Told,
        Failure = Failure,
        Result = Result,
        AcceptedAt = Job.AcceptedAt,
        Deadline = Row.Deadline,
        StartedAt = StartedAt,
        EndedAt = Row.EndedAt,
        Backoff = EnumText<BackoffKind>.Of(Job.Backoff),
        Jitter = Job.Jitter,
        TimeoutMs = Job.TimeoutMs,
        Cost = Job.Cost,
        DedupKey = Job.DedupKey,
        KeepCompletedCount = Job.KeepCompleted?.Count,
        KeepCompletedMs = (long?)Job.KeepCompleted?.Age.TotalMilliseconds,
        KeepFailedCount = Job.KeepFailed?.Count,
        KeepFailedMs = (long?)Job.KeepFailed?.Age.TotalMilliseconds,
        ParentId = Job.ParentId?.Value,
        OnFailure = EnumText<ChildFailure>.Of(Job.OnFailure),
        Stop = Row.Stop == StopRequest.None ? null : EnumText<StopRequest>.Of(Row.Stop),
    };
}
