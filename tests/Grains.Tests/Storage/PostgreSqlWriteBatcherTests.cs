using Dapper;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class PostgreSqlWriteBatcherTests(PostgreSqlStore store) : WriteBatcherConformance<PostgreSqlStore>(store)
{
    private readonly PostgreSqlStore _store = store;

    [Fact]
    public async Task CommitAsync_ServerEndsTheWritersConnection_IsWrittenOverANewOne()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "connection_ended");
        await harness.CommitAsync(harness.Insert(1));

        await EndConnectionsOfWritersAsync();
        await harness.CommitAsync(harness.Insert(2));

        Assert.Equal([1, 2], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_ServerEndsTheConnectionRepeatedlyUnderLoad_StoresEachUnitOnce()
    {
        await using var harness = await BatcherHarness.CreateAsync(
            _store, "ended_under_load", configure: options => options.MaxBatchUnits = 8);
        var commits = Enumerable.Range(0, 400).Select(id => harness.CommitAsync(harness.Insert(id))).ToArray();
        var all = Task.WhenAll(commits);

        for (var i = 0; i < 15 && !all.IsCompleted; i++)
        {
            await EndConnectionsOfWritersAsync();
            await commits[i * 25];
        }

        await all;
        Assert.Equal(400, (await harness.IdsAsync()).Count);
    }

    private async Task EndConnectionsOfWritersAsync()
    {
        await using var connection = await _store.Database.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and query ~ '^insert into'
            """);
    }
}
