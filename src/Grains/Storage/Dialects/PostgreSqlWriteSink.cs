using System.Data;
using JubileeVerse.Storage.Batching;
using Npgsql;

namespace JubileeVerse.Storage.Dialects;

/// <summary>
/// Writes to PostgreSQL over a dedicated connection, so that busy readers cannot keep the writer waiting for a pooled connection.
/// A batch without BEGIN is one implicit transaction and one round trip: a failing statement rolls back everything before it.
/// </summary>
internal sealed class PostgreSqlWriteSink(NpgsqlDataSource dataSource) : IWriteSink
{
    /// <summary>After this time the batch is retried; the retry's marker update then waits until the first attempt has ended.</summary>
    private const int TimeoutSeconds = 10;

    /// <summary>
    /// Every write addresses its rows by key. A plan that was cached while the table was small would keep scanning the whole table after it
    /// has grown, until the statistics are updated.
    /// </summary>
    private const string DisableSequentialScans = "set enable_seqscan = off";

    private readonly PostgreSqlParameterTypes _types = new();
    private NpgsqlConnection? _connection;

    public Task WriteAsync(WriteBatch batch) => ExecuteAsync(async connection =>
    {
        await using var commands = new NpgsqlBatch(connection) { Timeout = TimeoutSeconds };
        foreach (var statement in batch.Statements())
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            _types.AddTo(command, statement);
            commands.BatchCommands.Add(command);
        }

        return await commands.ExecuteNonQueryAsync().ConfigureAwait(false);
    });

    public Task<long> ReadMarkerAsync(string writer) => ExecuteAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("select batch from write_markers where writer = @writer", connection);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.AddWithValue("writer", writer);
        return (long?)await command.ExecuteScalarAsync().ConfigureAwait(false) ?? 0;
    });

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task<T> ExecuteAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            _connection ??= await OpenAsync().ConfigureAwait(false);
            return await work(_connection).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var translated = PostgreSqlErrors.Translate(e);
            if (translated is TransientStoreException || _connection?.State != ConnectionState.Open)
                await CloseAsync().ConfigureAwait(false);
            if (ReferenceEquals(translated, e))
                throw;
            throw translated;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await dataSource.OpenConnectionAsync().ConfigureAwait(false);
        try
        {
            await using var command = new NpgsqlCommand(DisableSequentialScans, connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
