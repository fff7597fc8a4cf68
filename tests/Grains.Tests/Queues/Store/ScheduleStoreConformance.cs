using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of every schedule store.</summary>
public abstract class ScheduleStoreConformance
{
    private readonly StoreFixture _store;
    private readonly SqlScheduleStore _schedules;

    protected ScheduleStoreConformance(StoreFixture store)
    {
        store.SkipWhenMissing();
        _store = store;
        _schedules = new SqlScheduleStore(store.Database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadAsync_StoredSchedules_RoundTrip()
    {
        var job = new NewJob("job", "{}") { Priority = 3, Timeout = TimeSpan.FromSeconds(5), Backoff = BackoffKind.Fixed };
        var cron = new Schedule("cron", job)
        {
            Cron = "0 7 * * 1",
            TimeZone = "Europe/Berlin",
            Limit = 7,
            Until = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000),
        };
        var first = new ScheduleEntry(cron, 5, 1, 100);
        var every = new ScheduleEntry(new Schedule("every", new NewJob("job", "{}")) { Every = TimeSpan.FromSeconds(90) }, 6, 2, null);

        await PutAsync("round", first);
        await PutAsync("round", every);
        await PutAsync("round", first with { Made = 2, DueMs = 200 });

        Assert.Equal(
            [first with { Made = 2, DueMs = 200 }, every],
            (await _schedules.LoadAsync("round", Token)).OrderBy(entry => entry.Schedule.Id));
        Assert.Empty(await _schedules.LoadAsync("another", Token));
        await _store.Writes.CommitAsync(new WriteUnit(_schedules.Delete("round", "cron")), Token);
        Assert.Equal([every], await _schedules.LoadAsync("round", Token));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task DeletePending_StartedJob_IsKept(int started, int expectedRows)
    {
        var id = new JobId($"pending-{started}");
        await _store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(TestJobs.Job(id.Value)),
                new Statement("update jobs set started_count = @started where id = @id", ("started", started), ("id", id.Value))),
            Token);

        await _store.Writes.CommitAsync(new WriteUnit(_schedules.DeletePending(TestJobs.Queue, id)), Token);

        var rows = await new SqlClaimStore(_store.Database, _store.Writes).RowsAsync(TestJobs.Queue, [id], Token);
        Assert.Equal(expectedRows, rows.Count);
    }

    private Task PutAsync(string queue, ScheduleEntry entry) =>
        _store.Writes.CommitAsync(new WriteUnit(_schedules.Put(queue, entry)), Token);
}

public sealed class SqliteScheduleStoreTests(SqliteStore store) : ScheduleStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlScheduleStoreTests(PostgreSqlStore store) : ScheduleStoreConformance(store), IClassFixture<PostgreSqlStore>;
