using JubileeVerse.Testing.Processes;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench;

/// <summary>The stores that are measured: a file, and a server of the benchmark's own, with fsync on in both.</summary>
internal sealed class BenchStores : IAsyncDisposable
{
    private readonly PostgreSqlServer _server = new();

    /// <summary>A migrated store for the micro benchmark. Dispose it.</summary>
    public async Task<StoreFixture> CreateAsync(string storage)
    {
        StoreFixture store = storage == "sqlite" ? new SqliteStore() : new PostgreSqlStore(_server);
        if (store.Missing is { } missing)
            throw new InvalidOperationException(missing);
        await store.InitializeAsync();
        return store;
    }

    /// <summary>Names an empty store in a site's settings.</summary>
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
