using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>A row of <c>jobs</c>.</summary>
internal sealed class JobRow
{
    public const string Columns = $"{ColumnsWithoutPayload}, j.payload as Payload";

    public const string ColumnsWithoutPayload =
        """
        j.queue as Queue, j.id as Id, j.name as Name, j.user_id as UserId, j.order_key as OrderKey, j.order_number as OrderNumber,
        j.priority as Priority, j.weight as Weight, j.attempts as Attempts, j.backoff_ms as BackoffMs,
        j.state as State, j.attempts_made as AttemptsMade, j.started_count as StartedCount, j.stalled_count as StalledCount,
        j.place as Place, j.ready_at as ReadyAt, j.lease_run as LeaseRun, j.lease_worker as LeaseWorker, j.told as Told,
        j.failure as Failure, j.result as Result, j.accepted_at as AcceptedAt, j.deadline as Deadline, j.started_at as StartedAt,
        j.ended_at as EndedAt,
        j.backoff as Backoff, j.jitter as Jitter, j.timeout_ms as TimeoutMs, j.cost as Cost, j.dedup_key as DedupKey,
        j.keep_completed_count as KeepCompletedCount, j.keep_completed_ms as KeepCompletedMs,
        j.keep_failed_count as KeepFailedCount, j.keep_failed_ms as KeepFailedMs,
        j.parent_id as ParentId, j.on_failure as OnFailure, j.stop_request as Stop
        """;

    private const double MsPerSecond = 1_000;

    public string Queue { get; init; } = "";

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? UserId { get; init; }

    public string? OrderKey { get; init; }

    public long OrderNumber { get; init; }

    public int Priority { get; init; }

    public int Weight { get; init; }

    public string Payload { get; init; } = "";

    public int Attempts { get; init; }

    public int BackoffMs { get; init; }

    public string State { get; init; } = "";

    public int AttemptsMade { get; init; }

    public int StartedCount { get; init; }

    public int StalledCount { get; init; }

    public long? Place { get; init; }

    public long? ReadyAt { get; init; }

    public long? LeaseRun { get; init; }

    public string? LeaseWorker { get; init; }

    public bool Told { get; init; }

    public string? Failure { get; init; }

    public string? Result { get; init; }

    public long AcceptedAt { get; init; }

    public long? Deadline { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public string Backoff { get; init; } = "";

    public double Jitter { get; init; }

    public long? TimeoutMs { get; init; }

    public int Cost { get; init; }

    public string? DedupKey { get; init; }

    public int? KeepCompletedCount { get; init; }

    public long? KeepCompletedMs { get; init; }

    public int? KeepFailedCount { get; init; }

    public long? KeepFailedMs { get; init; }

    public string? ParentId { get; init; }

    public string OnFailure { get; init; } = "";

    public string? Stop { get; init; }

    /// <summary>Selected only for a single job, as <see cref="Log"/>.</summary>
    public string? Progress { get; init; }

    public string? Log { get; init; }

    public Job ToJob() => new(
        new JobId(Id),
        Queue,
        Name,
        UserId,
        OrderKey,
        OrderNumber,
        Priority,
        Weight,
        Payload,
        Attempts,
        BackoffMs,
        AcceptedAt,
        Deadline)
    {
        Backoff = EnumText<BackoffKind>.Parse(Backoff),
        Jitter = Jitter,
        TimeoutMs = TimeoutMs,
        Cost = Cost,
        ReadyAt = ReadyAt,
        DedupKey = DedupKey,
        KeepCompleted = ToKeepRule(KeepCompletedCount, KeepCompletedMs),
        KeepFailed = ToKeepRule(KeepFailedCount, KeepFailedMs),
        ParentId = Parent,
        OnFailure = EnumText<ChildFailure>.Parse(OnFailure),
    };

    public StoredJob ToStored() => new(
        new JobId(Id),
        UserId,
        OrderKey,
        OrderNumber,
        Priority,
        Weight,
        Attempts,
        BackoffMs,
        AcceptedAt,
        Deadline,
        EnumText<JobState>.Parse(State),
        AttemptsMade,
        StartedCount,
        StalledCount,
        Place,
        ReadyAt,
        LeaseRun,
        LeaseWorker,
        EndedAt,
        EnumText<BackoffKind>.Parse(Backoff),
        Jitter,
        Cost,
        ParentId,
        EnumText<ChildFailure>.Parse(OnFailure),
        Stop is { } stop ? EnumText<StopRequest>.Parse(stop) : default);

    public JobView ToView() => new(
        new JobId(Id),
        Queue,
        Name,
        UserId,
        OrderKey,
        Priority,
        EnumText<JobState>.Parse(State),
        Attempts,
        AttemptsMade,
        StartedCount,
        StalledCount,
        Failure,
        UnixTime.FromMilliseconds(AcceptedAt),
        UnixTime.FromMilliseconds(ReadyAt),
        UnixTime.FromMilliseconds(StartedAt),
        UnixTime.FromMilliseconds(EndedAt))
    {
        Result = Result,
        Progress = Progress,
        Log = NoteStore.LinesOf(Log),
        ParentId = Parent,
        Deadline = UnixTime.FromMilliseconds(Deadline),
        TimeoutSeconds = TimeoutMs / MsPerSecond,
        Backoff = EnumText<BackoffKind>.Parse(Backoff),
        BackoffSeconds = BackoffMs / MsPerSecond,
        Jitter = Jitter,
        Cost = Cost,
        Weight = Weight,
        DedupKey = DedupKey,
        KeepCompleted = ToKeptJob(KeepCompletedCount, KeepCompletedMs),
        KeepFailed = ToKeptJob(KeepFailedCount, KeepFailedMs),
    };

    private static KeptJob? ToKeptJob(int? count, long? ageMs) =>
        count is { } atMost && ageMs is { } age ? new KeptJob(atMost, age / MsPerSecond) : null;

    private JobId? Parent => ParentId is { } parent ? new JobId(parent) : null;

    private static KeepRule? ToKeepRule(int? count, long? ageMs) =>
        count is { } kept && ageMs is { } age ? new KeepRule(kept, TimeSpan.FromMilliseconds(age)) : null;
}
