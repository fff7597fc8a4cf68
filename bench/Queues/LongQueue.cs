using System.Globalization;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench.Queues;

/// <summary>The costs of a very long queue: memory, loading time and the time to compute a position.</summary>
/// <param name="Storage">The store.</param>
/// <param name="Jobs">Number of waiting jobs.</param>
/// <param name="BytesPerJob">Bytes of memory per job in the queue.</param>
/// <param name="Loading">Time to load the jobs from the table.</param>
/// <param name="Position">Time to compute the position of one job.</param>
internal sealed record LongQueue(string Storage, int Jobs, long BytesPerJob, TimeSpan Loading, TimeSpan Position)
{
    private const string Queue = "backlog";
    private const int Chunk = 1000;
    private const int FillChunk = 50_000;
    private const int Positions = 10_000;

    public static async Task<LongQueue> MeasureAsync(StoreFixture store, string storage, int jobs, CancellationToken cancellationToken)
    {
        await FillAsync(store, jobs, cancellationToken);
        var table = new SqlJobStore(store.Database, store.Writes);
        var queue = new QueueState(QueueRules.Default, new QueueLimits(1, 1), epoch: 1, paused: true);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = TimeProvider.System.GetTimestamp();
        await foreach (var rows in table.LoadAsync(Queue, 0, cancellationToken).Chunk(Chunk).WithCancellation(cancellationToken))
            queue.Intake.Load(rows, 0);
        var loading = TimeProvider.System.GetElapsedTime(start);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Math.Max(1, jobs);

        JobId[] ids = [.. Enumerable.Range(0, Positions).Select(i => new JobId(IdOf(i * (long)jobs / Positions)))];
        queue.StatusOf(ids[0], 0);
        start = TimeProvider.System.GetTimestamp();
        foreach (var id in ids)
            queue.StatusOf(id, 0);
        return new LongQueue(storage, queue.OpenCount, bytes, loading, TimeProvider.System.GetElapsedTime(start) / Positions);
    }

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<LongQueue> all)
    {
        yield return ["bytes of memory per job", .. all.Select(one => Figure.Rate(one.BytesPerJob))];
        yield return ["loading from the table", .. all.Select(one => Figure.Seconds(one.Loading))];
        yield return ["position of one job", .. all.Select(one => Figure.Microseconds(one.Position))];
    }

    private static string IdOf(long i) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{i:x12}");

    /// <summary>Inserts the rows by SQL, because adding the jobs through the queue would take minutes.</summary>
    private static async Task FillAsync(StoreFixture store, int jobs, CancellationToken cancellationToken)
    {
        var isSqlite = store.Database.Dialect == SqlDialect.Sqlite;
        var uuid = isSqlite
            ? "printf('00000000-0000-4000-{0}-%012x', i)"
            : "'00000000-0000-4000-{0}-' || lpad(to_hex(i), 12, '0')";
        var insert =
            $"""
            with recursive n(i) as (select cast(@first as bigint) union all select i + 1 from n where i + 1 < @end)
            insert into jobs (queue, id, name, user_id, order_key, order_number, priority, weight, payload, attempts, backoff_ms, state,
                attempts_made, started_count, stalled_count, told, accepted_at, deadline, place)
            select '{Queue}', {uuid.Replace("{0}", "8000", StringComparison.Ordinal)}, 'generate-response', 'user-' || (i % 1000),
                {uuid.Replace("{0}", "9000", StringComparison.Ordinal)}, i, 5, 1, '{new string('x', 350)}', 3, 1000, 'waiting',
                0, 0, 0, true, i, i + 900000, i from n
            """;
        for (long first = 0; first < jobs; first += FillChunk)
        {
            await store.Writes.CommitAsync(
                new WriteUnit(new Statement(insert, ("first", first), ("end", Math.Min(jobs, first + FillChunk)))), cancellationToken);
        }

        await store.Writes.CommitAsync(new WriteUnit(new Statement("analyze jobs")), cancellationToken);
    }
}
