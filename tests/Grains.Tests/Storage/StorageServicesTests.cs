using System.Diagnostics.Metrics;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class StorageServicesTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DisposeAsync_ContainerWithQueuedUnits_WritesThemFirst()
    {
        var services = store.CreateServices();
        var writes = services.GetRequiredService<IWriteBatcher>();
        var pending = Enumerable.Range(0, 50)
            .Select(i => writes.Enqueue(new WriteUnit(new Statement(
                "insert into write_markers (writer, batch, seen_at) values (@writer, 1, 1)", ("writer", $"flushed-{i}")))))
            .ToArray();

        await services.DisposeAsync();

        Assert.All(pending, write => Assert.True(write.Completion.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task OpenAsync_Sqlite_CannotWrite()
    {
        await using var connection = await store.Database.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "delete from write_markers";

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => command.ExecuteNonQueryAsync(Cancellation));
    }

    [Fact]
    public async Task CommitAsync_AnyUnit_IsMeasured()
    {
        await using var services = store.CreateServices();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var sizes = new MetricCollector<int>(meters, StorageInstruments.MeterName, "jubileeverse.store.batch.size");
        using var failures = new MetricCollector<long>(meters, StorageInstruments.MeterName, "jubileeverse.store.failed_units");
        var writes = services.GetRequiredService<IWriteBatcher>();
        var unit = new WriteUnit(new Statement("insert into write_markers (writer, batch, seen_at) values ('measured', 1, 1)"));

        await writes.CommitAsync(unit, Cancellation);
        await Assert.ThrowsAsync<DuplicateKeyException>(() => writes.CommitAsync(unit, Cancellation));

        Assert.Equal([1], sizes.GetMeasurementSnapshot().Select(measurement => measurement.Value));
        Assert.Equal("duplicate", Assert.Single(failures.GetMeasurementSnapshot()).Tags["outcome"]);
    }
}
