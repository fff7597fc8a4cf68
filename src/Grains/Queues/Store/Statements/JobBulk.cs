using System.Globalization;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using ChangedRow = (JubileeVerse.Queues.Jobs.Job Job, JubileeVerse.Queues.State.Jobs.JobChange Change);
using NewRow = (JubileeVerse.Queues.Jobs.Job Job, long SortKey);

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>
/// The statements that write many jobs, made from the columns of <see cref="JobRow"/>. They are the same on both databases, except for how
/// they take the rows.
/// </summary>
internal static class JobBulk
{
    // SQLite parses "on conflict" as a join condition unless another condition comes first.
    private const string InsertTail = "where true on conflict (queue, id) do nothing";

    // The test of the ids is redundant, but without it and without statistics PostgreSQL scans the whole queue for each row.
    private const string UpdateTail = "where jobs.queue = $1 and jobs.id = v.column1 and jobs.id {0}";

    private static readonly BulkStatement<NewRow> PlainInsert = InsertOf(JobRow.PlainColumns);

    private static readonly BulkStatement<NewRow> FullInsert = InsertOf([.. JobRow.PlainColumns, .. JobRow.RareColumns]);

    private static readonly BulkStatement<ChangedRow> FirstRow = FirstRowOf(
    [
        .. JobRow.PlainColumns.ExceptBy(JobRow.StateColumns.Select(column => column.Name), column => column.Name)
            .Select(column => column.In<ChangedRow>((in row) => ref row.Job)),
        .. JobRow.StateColumns.Select(column => column.In<ChangedRow>((in row) => ref row.Change)),
    ]);

    private static readonly BulkStatement<JobChange> Update = UpdateOf(UpdateTail);

    // A change without an event must not reopen a job that a former activation has ended. The condition uses sign(coalesce(…)), so that the
    // planner neither chooses an index of open jobs nor expects few rows: the ids must find the rows.
    private static readonly BulkStatement<JobChange> UpdateOpen = UpdateOf($"{UpdateTail} and sign(coalesce(jobs.ended_at, 0)) <> 1");

    /// <summary>Inserts new jobs with their sort keys. A job whose id exists is not changed.</summary>
    public static WriteUnit Insert(SqlDialect dialect, string queue, IReadOnlyCollection<NewRow> jobs)
    {
        object?[] common = [queue];
        var byKind = jobs.ToLookup(job => JobRow.IsPlain(job.Job));
        return new(
        [
            .. PlainInsert.Statements(dialect, [.. byKind[true]], common),
            .. FullInsert.Statements(dialect, [.. byKind[false]], common),
        ]);
    }

    /// <summary>Writes changes of different jobs, fenced by the epoch. The change of a packed job inserts the job's row.</summary>
    public static IEnumerable<Statement> Change(
        SqlDialect dialect,
        string queue,
        long epoch,
        IReadOnlyCollection<JobChange> changes,
        IReadOnlyList<ChangedRow> packed)
    {
        object?[] common = [queue, epoch];
        return
        [
            .. UpdateOpen.Statements(dialect, [.. changes.Where(change => change.Event is null)], common),
            .. Update.Statements(dialect, [.. changes.Where(change => change.Event is not null)], common),
            .. FirstRow.Statements(dialect, [.. packed], common),
        ];
    }

    private static BulkStatement<NewRow> InsertOf(IEnumerable<BulkColumn<Job>> columns)
    {
        BulkColumn<NewRow>[] written =
        [
            .. columns.Append(JobRow.InitialState).Select(column => column.In<NewRow>((in row) => ref row.Job)),
            BulkColumn<NewRow>.Bigint("place", (in row) => row.SortKey),
        ];
        return new(
            $"""
            insert into jobs (queue, {NamesOf(written)}, {JobRow.UnstartedColumns})
            select $1, v.*, {JobRow.UnstartedValues} from
            """,
            InsertTail,
            1,
            written);
    }

    /// <summary>
    /// A packed job has no row yet, so its first change inserts the complete row. If a row exists, the primary key fails the unit.
    /// </summary>
    private static BulkStatement<ChangedRow> FirstRowOf(BulkColumn<ChangedRow>[] columns) => new(
        $"insert into jobs (queue, {NamesOf(columns)}) select $1, {string.Join(", ", columns.Select(ValueOf))} from", "", 2, columns);

    private static BulkStatement<JobChange> UpdateOf(string tail)
    {
        BulkColumn<JobChange>[] columns = [BulkColumn<JobChange>.Text("id", (in change) => change.Id.Value), .. JobRow.StateColumns];
        var assignments = columns.Select((column, i) => $"{column.Name} = {UpdatedValueOf(column, i)}").Skip(1);
        return new($"update jobs set {string.Join(", ", assignments)} from", tail, 2, columns);
    }

    private static string NamesOf<TRow>(IEnumerable<BulkColumn<TRow>> columns) => string.Join(", ", columns.Select(column => column.Name));

    /// <summary>A null of some columns keeps the stored value.</summary>
    private static string UpdatedValueOf<TRow>(BulkColumn<TRow> column, int i) => column.Name is "failure" or "result" or "started_at"
        ? $"coalesce({ValueOf(column, i)}, {column.Name})"
        : ValueOf(column, i);

    private static string ValueOf<TRow>(BulkColumn<TRow> column, int i)
    {
        var value = string.Create(CultureInfo.InvariantCulture, $"v.column{i + 1}");
        return column.Name == "state" ? FencedState(value) : value;
    }

    // The epoch is read and not locked, so a unit of an older epoch may still commit at the same time as the unit that raises the epoch.
    // The newer activation may then run a job again that has just ended, which every processor must tolerate (at-least-once). When another
    // activation has raised the epoch, a NOT NULL column is set to null, which fails the unit on both databases.
    private static string FencedState(string value) => $"case when (select epoch from queues where name = $1) = $2 then {value} end";
}
