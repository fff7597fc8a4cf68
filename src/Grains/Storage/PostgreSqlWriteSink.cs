using System.Data;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>
/// Writes to PostgreSQL over a connection of its own, so that busy readers cannot keep the writer waiting for a place in the pool.
/// A batch without BEGIN is one implicit transaction and one round trip: a failing statement rolls everything before it back.
/// </summary>
internal sealed class PostgreSqlWriteSink(NpgsqlDataSource dataSource) : IWriteSink
{
    /// <summary>Longer, and the batch is repeated; its marker then waits for the first attempt's end.</summary>
    private const int TimeoutSeconds = 10;

    /// <summary>
    /// Whoever writes knows the rows by their keys. A plan that was made while the table was small would go on reading all of it when it
    /// has grown, until the next statistics.
    /// </summary>
    private const string NoScans = "set enable_seqscan = off";

    private readonly PostgreSqlParameterTypes _types = new();
    private NpgsqlConnection? _connection;

    public Task WriteAsync(WriteBatch batch) => GuardedAsync(async connection =>
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

    public Task<long> ReadMarkerAsync(string writer) => GuardedAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("select batch from write_markers where writer = @writer", connection);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.AddWithValue("writer", writer);
        return (long?)await command.ExecuteScalarAsync().ConfigureAwait(false) ?? 0;
    });

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task<T> GuardedAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            _connection ??= await OpenAsync().ConfigureAwait(false);
            return await work(_connection).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var translated = PostgreSqlErrors.Translate(e);
            if (translated is StoreLostException || _connection?.State != ConnectionState.Open)
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
            await using var command = new NpgsqlCommand(NoScans, connection);
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
