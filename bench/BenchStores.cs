using JubileeVerse.Testing.Processes;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench;

/// <summary>The stores to measure: a SQLite file and a dedicated PostgreSQL server, both with fsync.</summary>
internal sealed class BenchStores : IAsyncDisposable
{
    private readonly PostgreSqlServer _server = new();

    /// <summary>Creates a migrated store for the micro benchmark. The caller must dispose it.</summary>
    public async Task<StoreFixture> CreateAsync(string storage)
    {
        StoreFixture store = storage == "sqlite" ? new SqliteStore() : new PostgreSqlStore(_server);
        if (store.Missing is { } missing)
            throw new InvalidOperationException(missing);
        await store.InitializeAsync();
        return store;
    }

    /// <summary>Configures a site with an empty store.</summary>
    public async Task ConfigureAsync(StandaloneSite site, string storage)
    {
        if (storage == "sqlite")
            return;
        if (_server.Missing is { } missing)
            throw new InvalidOperationException(missing);
        site["Storage:Provider"] = "PostgreSql";
        site["Storage:ConnectionString"] = await _server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
