using Dapper;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A batcher on a fixture's store with its own table and a sink that fails on demand.</summary>
internal sealed class BatcherHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _table;

    private BatcherHarness(StoreFixture store, string table, TimeProvider time, Action<StorageOptions>? configure)
    {
        _services = store.CreateServices(time);
        _table = table;
        var options = _services.GetRequiredService<IOptions<StorageOptions>>();
        configure?.Invoke(options.Value);
        Sink = new ScriptedSink(_services.GetRequiredService<IWriteSink>());
        var committer = new BatchCommitter(
            Sink, options.Value, _services.GetRequiredService<StorageInstruments>(), time, NullLogger<BatchCommitter>.Instance);
        Batcher = new WriteBatcher(committer, options, time);
    }

    public WriteBatcher Batcher { get; }

    public ScriptedSink Sink { get; }

    /// <summary>The table's key column as SQLite names it in a constraint error.</summary>
    public string KeyColumn => $"{_table}.id";

    public static async Task<BatcherHarness> CreateAsync(
        StoreFixture store, string table, TimeProvider? time = null, Action<StorageOptions>? configure = null)
    {
        var create = $"create table {table} (id bigint not null primary key, fence bigint not null, note text)";
        await store.Writes.CommitAsync(new WriteUnit(new Statement(create)), TestContext.Current.CancellationToken);
        return new BatcherHarness(store, table, time ?? TimeProvider.System, configure);
    }

    /// <summary>A plain insert, which fails with a duplicate key when it is written twice.</summary>
    public Statement Insert(long id, string? note = null) => new(
        $"insert into {_table} (id, fence, note) values (@id, 0, @note)", ("id", id), ("note", note));

    /// <summary>A fenced increment, as grains write it.</summary>
    public Statement Raise(long id, long from) => new(
        $"update {_table} set fence = case when fence = @from then @from + 1 end where id = @id", ("id", id), ("from", from));

    public Task CommitAsync(params Statement[] statements) =>
        Batcher.CommitAsync(new WriteUnit(statements), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<long>> IdsAsync()
    {
        await using var connection = await _services.GetRequiredService<IDatabase>().OpenAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<long>($"select id from {_table} order by id")];
    }

    public async Task<long> FenceAsync(long id)
    {
        await using var connection = await _services.GetRequiredService<IDatabase>().OpenAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<long>($"select fence from {_table} where id = @id", new { id });
    }

    public async ValueTask DisposeAsync()
    {
        await Batcher.DisposeAsync();
        await _services.DisposeAsync();
    }
}
