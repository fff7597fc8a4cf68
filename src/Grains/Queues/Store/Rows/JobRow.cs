using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Storage.Dialects;
using JobColumn = JubileeVerse.Queues.Store.Statements.BulkColumn<JubileeVerse.Queues.Jobs.Job>;
using StateColumn = JubileeVerse.Queues.Store.Statements.BulkColumn<JubileeVerse.Queues.State.Jobs.JobChange>;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>
/// A row of <c>jobs</c>. The three lists of columns are the only ones: the texts that select, insert and update rows and the JSON of a
/// <see cref="JobPack"/> are made from them. A row is read into the properties, which have the columns' names.
/// </summary>
internal sealed class JobRow
{
    private const string DefaultBackoff = "exponential";
    private const string DefaultOnFailure = "fail-parent";

    /// <summary>The columns that are the same in each new row, with their values.</summary>
    public const string UnstartedColumns = "attempts_made, started_count, stalled_count, told";
    public const string UnstartedValues = "0, 0, 0, true";

    /// <summary>The state of a new row.</summary>
    public static readonly JobColumn InitialState =
        JobColumn.Text("state", (in job) => EnumText<JobState>.Format(StoredJob.InitialStateOf(job)));

    /// <summary>The properties that every job has. A packed job has only these.</summary>
    public static readonly JobColumn[] PlainColumns =
    [
        JobColumn.Text("id", (in job) => job.Id.Value),
        JobColumn.Text("name", (in job) => job.Name),
        JobColumn.Text("user_id", (in job) => job.UserId),
        JobColumn.Text("order_key", (in job) => job.OrderKey),
        JobColumn.Bigint("order_number", (in job) => job.OrderNumber),
        JobColumn.Integer("priority", (in job) => job.Priority),
        JobColumn.Integer("weight", (in job) => job.Weight),
        JobColumn.Text("payload", (in job) => job.Payload),
        JobColumn.Integer("attempts", (in job) => job.Attempts),
        JobColumn.Integer("backoff_ms", (in job) => job.BackoffMs),
        JobColumn.Bigint("accepted_at", (in job) => job.AcceptedAt),
        JobColumn.Bigint("deadline", (in job) => job.Deadline),
        JobColumn.Bigint("ready_at", (in job) => StoredJob.InitialStateOf(job) == JobState.Delayed ? job.ReadyAt : null),
    ];

    /// <summary>
    /// The properties that few jobs have. The columns have defaults in the table, so that half of the parameters suffice for a job without
    /// them.
    /// </summary>
    public static readonly JobColumn[] RareColumns =
    [
        JobColumn.Text("backoff", (in job) => EnumText<BackoffKind>.Format(job.Backoff), DefaultBackoff),
        JobColumn.Double("jitter", (in job) => job.Jitter, 0),
        JobColumn.Bigint("timeout_ms", (in job) => job.TimeoutMs),
        JobColumn.Integer("cost", (in job) => job.Cost, 1),
        JobColumn.Text("dedup_key", (in job) => job.DedupKey),
        JobColumn.Integer("keep_completed_count", (in job) => job.KeepCompleted?.Count),
        JobColumn.Bigint("keep_completed_ms", (in job) => (long?)job.KeepCompleted?.Age.TotalMilliseconds),
        JobColumn.Integer("keep_failed_count", (in job) => job.KeepFailed?.Count),
        JobColumn.Bigint("keep_failed_ms", (in job) => (long?)job.KeepFailed?.Age.TotalMilliseconds),
        JobColumn.Text("parent_id", (in job) => job.ParentId?.Value),
        JobColumn.Text("on_failure", (in job) => EnumText<ChildFailure>.Format(job.OnFailure), DefaultOnFailure),
    ];

    /// <summary>The state of a job, which each of its changes writes. A change's priority replaces the one of the accepted job.</summary>
    public static readonly StateColumn[] StateColumns =
    [
        StateColumn.Text("state", (in change) => EnumText<JobState>.Format(change.State)),
        StateColumn.Integer("attempts_made", (in change) => change.AttemptsMade),
        StateColumn.Integer("started_count", (in change) => change.StartedCount),
        StateColumn.Integer("stalled_count", (in change) => change.StalledCount),
        StateColumn.Bigint("place", (in change) => change.SortKey),
        StateColumn.Bigint("ready_at", (in change) => change.ReadyAt),
        StateColumn.Bigint("lease_run", (in change) => change.LeaseRun),
        StateColumn.Text("lease_worker", (in change) => change.LeaseWorker),
        StateColumn.Boolean("told", (in change) => change.Acknowledged),
        StateColumn.Text("failure", (in change) => FailureText.Clean(change.Failure)),
        StateColumn.Text("result", (in change) => FailureText.Clean(change.Result)),
        StateColumn.Bigint("started_at", (in change) => change.StartedAt),
        StateColumn.Bigint("ended_at", (in change) => change.EndedAt),
        StateColumn.Integer("priority", (in change) => change.Priority),
        StateColumn.Text(
            "stop_request",
            (in change) => change.Stop == default ? null : EnumText<StopRequest>.Format(change.Stop)),
    ];

    public static readonly string ColumnsWithoutPayload = Select(name => name != "payload");

    public static readonly string Columns = Select(_ => true);

    public string Queue { get; set; } = "";

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string? UserId { get; set; }

    public string? OrderKey { get; set; }

    public long OrderNumber { get; set; }

    public int Priority { get; set; }

    public int Weight { get; set; }

    public string Payload { get; set; } = "";

    public int Attempts { get; set; }

    public int BackoffMs { get; set; }

    public string State { get; set; } = "";

    public int AttemptsMade { get; set; }

    public int StartedCount { get; set; }

    public int StalledCount { get; set; }

    public long? Place { get; set; }

    public long? ReadyAt { get; set; }

    public long? LeaseRun { get; set; }

    public string? LeaseWorker { get; set; }

    public bool Told { get; set; }

    public string? Failure { get; set; }

    public string? Result { get; set; }

    public long AcceptedAt { get; set; }

    public long? Deadline { get; set; }

    public long? StartedAt { get; set; }

    public long? EndedAt { get; set; }

    public string Backoff { get; set; } = DefaultBackoff;

    public double Jitter { get; set; }

    public long? TimeoutMs { get; set; }

    public int Cost { get; set; } = 1;

    public string? DedupKey { get; set; }

    public int? KeepCompletedCount { get; set; }

    public long? KeepCompletedMs { get; set; }

    public int? KeepFailedCount { get; set; }

    public long? KeepFailedMs { get; set; }

    public string? ParentId { get; set; }

    public string OnFailure { get; set; } = DefaultOnFailure;

    public string? StopRequest { get; set; }

    /// <summary>Selected only for a single job, as <see cref="Log"/>.</summary>
    public string? Progress { get; set; }

    public string? Log { get; set; }

    /// <summary>Whether the job has the default values in all rare columns and waits for no children.</summary>
    public static bool IsPlain(Job job)
    {
        foreach (var column in RareColumns)
        {
            if (!column.IsDefault(job))
                return false;
        }

        return !job.WaitsForChildren;
    }

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
        ParentId = ParentId is { } parent ? new JobId(parent) : null,
        OnFailure = EnumText<ChildFailure>.Parse(OnFailure),
    };

    public StoredJob ToStored() => new(ToJob(), EnumText<JobState>.Parse(State))
    {
        AttemptsMade = AttemptsMade,
        StartedCount = StartedCount,
        StalledCount = StalledCount,
        SortKey = Place,
        ReadyAt = ReadyAt,
        LeaseRun = LeaseRun,
        LeaseWorker = LeaseWorker,
        EndedAt = EndedAt,
        Stop = StopRequest is { } stop ? EnumText<StopRequest>.Parse(stop) : default,
        Acknowledged = Told,
        Failure = Failure,
    };

    public JobView ToView() => JobView.From(
        ToJob(),
        EnumText<JobState>.Parse(State),
        AttemptsMade,
        StartedCount,
        StalledCount,
        Failure,
        UnixTime.FromMilliseconds(StartedAt),
        UnixTime.FromMilliseconds(EndedAt)) with
    {
        Result = Result,
        Progress = Progress,
        Log = NoteStore.LinesOf(Log),
    };

    /// <summary>The list of a <c>select</c>. A property's name differs from its column's only in case and underscores.</summary>
    private static string Select(Func<string, bool> isSelected)
    {
        string[] names =
        [
            "queue",
            .. PlainColumns.Concat(RareColumns).Select(column => column.Name),
            .. StateColumns.Select(column => column.Name),
        ];
        return string.Join(
            ", ", names.Distinct().Where(isSelected).Select(name => $"j.{name} as {name.Replace("_", "", StringComparison.Ordinal)}"));
    }

    private static KeepRule? ToKeepRule(int? count, long? ageMs) =>
        count is { } kept && ageMs is { } age ? new KeepRule(kept, TimeSpan.FromMilliseconds(age)) : null;
}
