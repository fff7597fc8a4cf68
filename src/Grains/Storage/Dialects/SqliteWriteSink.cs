using JubileeVerse.Storage.Batching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Storage.Dialects;

/// <summary>
/// Writes to SQLite over one connection on one thread. WAL mode, so that readers never block the writer; synchronous=FULL, so that a
/// committed write survives a power failure. BEGIN IMMEDIATE takes the write lock at once, because a transaction that begins as a reader
/// and fails to upgrade its lock could not be retried.
/// </summary>
internal sealed class SqliteWriteSink(IOptions<StorageOptions> options) : IWriteSink
{
    private const string Pragmas =
        "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000; pragma foreign_keys=on;";

    private readonly DedicatedThread _thread = new("sqlite-writer");
    private SqliteConnection? _connection;
    private SqliteCommandCache? _commands;

    public Task WriteAsync(WriteBatch batch) => _thread.RunAsync(() => Execute(() =>
    {
        var (connection, commands) = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var statement in batch.Statements())
            commands.Execute(statement, transaction);
        transaction.Commit();
        return true;
    }));

    public Task<long> ReadMarkerAsync(string writer) => _thread.RunAsync(() => Execute(() =>
    {
        using var command = Open().Connection.CreateCommand();
        command.CommandText = "select batch from write_markers where writer = @writer";
        command.Parameters.AddWithValue("@writer", writer);
        return (long?)command.ExecuteScalar() ?? 0;
    }));

    public async ValueTask DisposeAsync()
    {
        await _thread.RunAsync(() =>
        {
            Close();
            return true;
        }).ConfigureAwait(false);
        await _thread.DisposeAsync().ConfigureAwait(false);
    }

    private T Execute<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            var translated = SqliteErrors.Translate(e);
            if (translated is TransientStoreException)
                Close();
            throw translated;
        }
    }

    private (SqliteConnection Connection, SqliteCommandCache Commands) Open()
    {
        if (_connection is null || _commands is null)
        {
            Close();
            _connection = new SqliteConnection(ConnectionStrings.SqliteWriting(options.Value));
            _connection.Open();
            using var pragmas = _connection.CreateCommand();
            pragmas.CommandText = Pragmas;
            pragmas.ExecuteNonQuery();
            _commands = new SqliteCommandCache(_connection);
        }

        return (_connection, _commands);
    }

    private void Close()
    {
        _commands?.Dispose();
        _connection?.Dispose();
        _commands = null;
        _connection = null;
    }
}
