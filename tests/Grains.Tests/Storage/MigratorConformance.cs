using Dapper;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Storage.Migrations;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Storage;

public abstract class MigratorConformance<TStore>(TStore store) : IAsyncLifetime
    where TStore : StoreFixture
{
    public async ValueTask InitializeAsync()
    {
        store.SkipWhenMissing();
        await store.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task ApplyAsync_Twice_ChangesNothingTheSecondTime()
    {
        var migrator = store.Services.GetRequiredService<IMigrator>();

        await migrator.ApplyAsync(TestContext.Current.CancellationToken);
        var first = await RecordedAsync();
        await migrator.ApplyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(MigrationScripts.Load(store.Database.Dialect).Select(script => script.Name), first);
        Assert.Equal(first, await RecordedAsync());
    }

    [Fact]
    public async Task ApplyAsync_FourAtOnce_RunsEachScriptOnce()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => store.CreateServices()).ToArray();

        await Task.WhenAll(processes.Select(process => Task.Run(
            () => process.GetRequiredService<IMigrator>().ApplyAsync(CancellationToken.None), TestContext.Current.CancellationToken)));

        Assert.Equal(MigrationScripts.Load(store.Database.Dialect).Select(script => script.Name), await RecordedAsync());
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    [Fact]
    public async Task ApplyAsync_MarkersOfFormerWriters_AreRemoved()
    {
        var migrator = store.Services.GetRequiredService<IMigrator>();
        await migrator.ApplyAsync(TestContext.Current.CancellationToken);
        const string insert = "insert into write_markers (writer, batch, seen_at) values ('gone', 7, 1)";
        await store.Writes.CommitAsync(new WriteUnit(new Statement(insert)), TestContext.Current.CancellationToken);

        await migrator.ApplyAsync(TestContext.Current.CancellationToken);

        await using var connection = await store.Database.OpenAsync(TestContext.Current.CancellationToken);
        var writers = await connection.QueryAsync<string>("select writer from write_markers");
        Assert.DoesNotContain("gone", writers);
        Assert.Single(writers);
    }

    private async Task<IReadOnlyList<string>> RecordedAsync()
    {
        var journal = store.Database.Dialect == SqlDialect.Sqlite ? "SchemaVersions" : "schema_versions";
        await using var connection = await store.Database.OpenAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<string>($"select scriptname from {journal} order by scriptname")];
    }
}
