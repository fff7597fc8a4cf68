using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>The statements that write jobs and queues; both databases use the same text.</summary>
internal static class JobStatements
{
    private static readonly BulkColumn<Job>[] PlainColumns = [.. JobRow.PlainColumns, JobRow.InitialState];

    private static readonly BulkColumn<Job>[] AllColumns = [.. PlainColumns, .. JobRow.RareColumns];

    private static readonly string InsertPlain = InsertText(PlainColumns);

    private static readonly string InsertAll = InsertText(AllColumns);

    /// <summary>
    /// Inserts a job as part of the unit that makes the job necessary, so that neither is stored without the other. The queue sets the
    /// job's sort key when it accepts the job.
    /// </summary>
    public static Statement Insert(Job job)
    {
        if (job.Id.Value.Length is 0 or > JobId.MaxLength)
            throw JubileeException.Invalid("id", $"id must be 1 to {JobId.MaxLength} characters; it has {job.Id.Value.Length}.");
        if (Encoding.UTF8.GetByteCount(job.Payload) is var bytes and > Job.MaxPayloadBytes)
            throw JubileeException.Invalid("payload", $"payload must be at most {Job.MaxPayloadBytes} bytes of UTF-8; it has {bytes}.");

        return JobRow.IsPlain(job) ? Insert(InsertPlain, PlainColumns, job) : Insert(InsertAll, AllColumns, job);
    }

    private const string InsertQueue =
        "insert into queues (name, epoch, paused) values (@queue, 0, false) on conflict (name) do nothing";

    // Both set the NOT NULL epoch to null when another activation has raised it, which fails the unit on both databases.
    private const string UpdateEpoch = "update queues set epoch = case when epoch = @epoch then @epoch + 1 end where name = @queue";

    private const string UpdatePaused =
        "update queues set paused = @paused, epoch = case when epoch = @epoch then epoch end where name = @queue";

    private const string UpdateLimits =
        """
        update queues set
            concurrency_per_silo = case when @setsConcurrencyPerSilo then @concurrencyPerSilo else concurrency_per_silo end,
            starts_per_second = case when @setsStartsPerSecond then @startsPerSecond else starts_per_second end,
            concurrency = case when @setsConcurrency then @concurrency else concurrency end,
            epoch = case when epoch = @epoch then epoch end
        where name = @queue
        """;

    // It changes no row when the epoch is current, so it takes no lock.
    private const string CheckEpoch = "update queues set epoch = null where name = @queue and epoch <> @epoch";

    private const string UpdateAcknowledged = "update jobs set told = true where queue = @queue and id = @id";

    public static WriteUnit EnsureQueue(string queue) => new(new Statement(InsertQueue, ("queue", queue)));

    public static WriteUnit RaiseEpoch(string queue, long epoch) => new(new Statement(UpdateEpoch, ("queue", queue), ("epoch", epoch)));

    /// <summary>Fails its unit as stale when another activation has raised the epoch.</summary>
    public static Statement Fence(string queue, long epoch) => new(CheckEpoch, ("queue", queue), ("epoch", epoch));

    public static WriteUnit SetPaused(string queue, long epoch, bool paused) =>
        new(new Statement(UpdatePaused, ("queue", queue), ("epoch", epoch), ("paused", paused)));

    public static WriteUnit SetLimits(string queue, long epoch, LimitsChange change) => new(new Statement(
        UpdateLimits,
        ("queue", queue),
        ("epoch", epoch),
        ("setsConcurrencyPerSilo", change.ConcurrencyPerSilo is not null),
        ("concurrencyPerSilo", change.ConcurrencyPerSilo?.Value),
        ("setsStartsPerSecond", change.StartsPerSecond is not null),
        ("startsPerSecond", change.StartsPerSecond?.Value),
        ("setsConcurrency", change.Concurrency is not null),
        ("concurrency", change.Concurrency?.Value)));

    public static WriteUnit MarkAcknowledged(string queue, JobId id) =>
        new(new Statement(UpdateAcknowledged, ("queue", queue), ("id", id.Value)));

    private static Statement Insert(string text, BulkColumn<Job>[] columns, Job job)
    {
        var parameters = new (string Name, object? Value)[columns.Length + 1];
        parameters[0] = ("queue", job.Queue);
        for (var i = 0; i < columns.Length; i++)
            parameters[i + 1] = (columns[i].CamelName, columns[i].ValueOf(job));
        return new Statement(text, parameters);
    }

    private static string InsertText(BulkColumn<Job>[] columns) =>
        $"""
        insert into jobs (queue, {string.Join(", ", columns.Select(column => column.Name))}, {JobRow.UnstartedColumns})
        values (@queue, {string.Join(", ", columns.Select(column => $"@{column.CamelName}"))}, {JobRow.UnstartedValues})
        on conflict (queue, id) do nothing
        """;
}
