using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using static JubileeVerse.Queues.Store.Statements.BulkColumnType;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>The statements that write many jobs. They are the same on both databases, except for how they take the rows.</summary>
internal static class JobBulk
{
    // SQLite parses "on conflict" as a join condition unless another condition comes first.
    private const string InsertTail = "where true on conflict (queue, id) do nothing";

    private static readonly BulkColumnType[] PlainColumns =
    [
        Text, Text, Text, Text, Bigint, Integer, Integer, Text, Integer, Integer, Text, Bigint, Bigint, Bigint, Bigint,
    ];

    private static readonly BulkStatement PlainInsert = new(
        """
        insert into jobs (queue, id, name, user_id, order_key, order_number, priority, weight, payload, attempts, backoff_ms, state,
            accepted_at, deadline, place, ready_at, attempts_made, started_count, stalled_count, told)
        select $1, v.*, 0, 0, 0, true from
        """,
        InsertTail,
        1,
        PlainColumns);

    private static readonly BulkStatement FullInsert = new(
        """
        insert into jobs (queue, id, name, user_id, order_key, order_number, priority, weight, payload, attempts, backoff_ms, state,
            accepted_at, deadline, place, ready_at, backoff, jitter, timeout_ms, cost,
            dedup_key, keep_completed_count, keep_completed_ms, keep_failed_count, keep_failed_ms, parent_id, on_failure,
            attempts_made, started_count, stalled_count, told)
        select $1, v.*, 0, 0, 0, true from
        """,
        InsertTail,
        1,
        [.. PlainColumns, Text, BulkColumnType.Double, Bigint, Integer, Text, Integer, Bigint, Integer, Bigint, Text, Text]);

    // The epoch is read and not locked, so a unit of an older epoch may still commit at the same time as the unit that raises the epoch.
    // The newer activation may then run a job again that has just ended, which every processor must tolerate (at-least-once). When another
    // activation has raised the epoch, a NOT NULL column is set to null, which fails the unit on both databases.
    private const string UpdateHead =
        """
        update jobs set state = case when (select epoch from queues where name = $1) = $2 then v.column2 end,
            attempts_made = v.column3, started_count = v.column4, stalled_count = v.column5, place = v.column6, ready_at = v.column7,
            lease_run = v.column8, lease_worker = v.column9, told = v.column10, failure = coalesce(v.column11, failure),
            result = coalesce(v.column12, result), started_at = coalesce(v.column13, started_at), ended_at = v.column14,
            priority = v.column15, stop_request = v.column16
        from
        """;

    // The test of the ids is redundant, but without it and without statistics PostgreSQL scans the whole queue for each row.
    private const string UpdateTail = "where jobs.queue = $1 and jobs.id = v.column1 and jobs.id {0}";

    private static readonly BulkColumnType[] UpdateColumns =
    [
        Text, Text, Integer, Integer, Integer, Bigint, Bigint, Bigint, Text, BulkColumnType.Boolean, Text, Text, Bigint, Bigint, Integer,
        Text,
    ];

    // A packed job has no row yet, so its first change inserts the complete row. If a row exists, the primary key fails the unit.
    private static readonly BulkStatement FirstRow = new(
        """
        insert into jobs (queue, id, name, user_id, order_key, order_number, priority, weight, payload, attempts, backoff_ms,
            accepted_at, deadline, state, attempts_made, started_count, stalled_count, place, ready_at, lease_run, lease_worker, told,
            failure, result, started_at, ended_at, stop_request)
        select $1, v.column1, v.column2, v.column3, v.column4, v.column5, v.column6, v.column7, v.column8, v.column9, v.column10,
            v.column11, v.column12, case when (select epoch from queues where name = $1) = $2 then v.column13 end,
            v.column14, v.column15, v.column16, v.column17, v.column18, v.column19, v.column20, v.column21, v.column22, v.column23,
            v.column24, v.column25, v.column26
        from
        """,
        "",
        2,
        Text, Text, Text, Text, Bigint, Integer, Integer, Text, Integer, Integer, Bigint, Bigint,
        Text, Integer, Integer, Integer, Bigint, Bigint, Bigint, Text, BulkColumnType.Boolean, Text, Text, Bigint, Bigint,
        Text);

    private static readonly BulkStatement Update = new(UpdateHead, UpdateTail, 2, UpdateColumns);

    // A change without an event must not reopen a job that a former activation has ended. The condition uses sign(coalesce(…)), so that the
    // planner neither chooses an index of open jobs nor expects few rows: the ids must find the rows.
    private static readonly BulkStatement UpdateOpen =
        new(UpdateHead, $"{UpdateTail} and sign(coalesce(jobs.ended_at, 0)) <> 1", 2, UpdateColumns);

    /// <summary>Inserts new jobs with their sort keys. A job whose id exists is not changed.</summary>
    public static WriteUnit Insert(SqlDialect dialect, string queue, IReadOnlyCollection<(Job Job, long SortKey)> jobs)
    {
        object?[] common = [queue];
        var byKind = jobs.ToLookup(job => IsPlain(job.Job));
        return new(
        [
            .. PlainInsert.Statements(dialect, [.. byKind[true]], common, AddPlain),
            .. FullInsert.Statements(dialect, [.. byKind[false]], common, AddFull),
        ]);
    }

    /// <summary>Writes changes of different jobs, fenced by the epoch. The change of a packed job inserts the job's row.</summary>
    public static IEnumerable<Statement> Change(
        SqlDialect dialect,
        string queue,
        long epoch,
        IReadOnlyCollection<JobChange> changes,
        IReadOnlyList<(Job Job, JobChange Change)> packed)
    {
        object?[] common = [queue, epoch];
        return
        [
            .. UpdateOpen.Statements(dialect, [.. changes.Where(change => change.Event is null)], common, Add),
            .. Update.Statements(dialect, [.. changes.Where(change => change.Event is not null)], common, Add),
            .. FirstRow.Statements(dialect, packed, common, AddFirst),
        ];
    }

    /// <summary>The job has only default values in the columns that few jobs need, so that half of the parameters suffice.</summary>
    public static bool IsPlain(Job job) =>
        job is { Backoff: BackoffKind.Exponential, Jitter: 0, TimeoutMs: null, Cost: 1, DedupKey: null }
            and { KeepCompleted: null, KeepFailed: null, ParentId: null, WaitsForChildren: false };

    private static void AddPlain((Job Job, long SortKey) row, List<object?> values)
    {
        var (job, sortKey) = row;
        var state = StoredJob.InitialStateOf(job);
        values.Add(job.Id.Value);
        values.Add(job.Name);
        values.Add(job.UserId);
        values.Add(job.OrderKey);
        values.Add(job.OrderNumber);
        values.Add(job.Priority);
        values.Add(job.Weight);
        values.Add(job.Payload);
        values.Add(job.Attempts);
        values.Add(job.BackoffMs);
        values.Add(EnumText<JobState>.Format(state));
        values.Add(job.AcceptedAt);
        values.Add(job.Deadline);
        values.Add(sortKey);
        values.Add(state == JobState.Delayed ? job.ReadyAt : null);
    }

    private static void AddFull((Job Job, long SortKey) row, List<object?> values)
    {
        AddPlain(row, values);
        var job = row.Job;
        values.Add(EnumText<BackoffKind>.Format(job.Backoff));
        values.Add(job.Jitter);
        values.Add(job.TimeoutMs);
        values.Add(job.Cost);
        values.Add(job.DedupKey);
        values.Add(job.KeepCompleted?.Count);
        values.Add((long?)job.KeepCompleted?.Age.TotalMilliseconds);
        values.Add(job.KeepFailed?.Count);
        values.Add((long?)job.KeepFailed?.Age.TotalMilliseconds);
        values.Add(job.ParentId?.Value);
        values.Add(EnumText<ChildFailure>.Format(job.OnFailure));
    }

    private static void AddFirst((Job Job, JobChange Change) first, List<object?> values)
    {
        var (job, change) = first;
        values.Add(job.Id.Value);
        values.Add(job.Name);
        values.Add(job.UserId);
        values.Add(job.OrderKey);
        values.Add(job.OrderNumber);
        values.Add(change.Priority);
        values.Add(job.Weight);
        values.Add(job.Payload);
        values.Add(job.Attempts);
        values.Add(job.BackoffMs);
        values.Add(job.AcceptedAt);
        values.Add(job.Deadline);
        AddState(change, values);
        values.Add(StopOf(change));
    }

    private static void Add(JobChange change, List<object?> values)
    {
        values.Add(change.Id.Value);
        AddState(change, values);
        values.Add(change.Priority);
        values.Add(StopOf(change));
    }

    private static string? StopOf(in JobChange change) =>
        change.Stop == StopRequest.None ? null : EnumText<StopRequest>.Format(change.Stop);

    private static void AddState(in JobChange change, List<object?> values)
    {
        values.Add(EnumText<JobState>.Format(change.State));
        values.Add(change.AttemptsMade);
        values.Add(change.StartedCount);
        values.Add(change.StalledCount);
        values.Add(change.SortKey);
        values.Add(change.ReadyAt);
        values.Add(change.LeaseRun);
        values.Add(change.LeaseWorker);
        values.Add(change.Acknowledged);
        values.Add(FailureText.Clean(change.Failure));
        values.Add(FailureText.Clean(change.Result));
        values.Add(change.StartedAt);
        values.Add(change.EndedAt);
    }
}
