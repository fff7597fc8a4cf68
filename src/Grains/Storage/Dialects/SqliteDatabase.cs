using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Pooled read-only connections to SQLite. In WAL mode a reader sees a snapshot and never waits for a writer.</summary>
internal sealed class SqliteDatabase(IOptions<StorageOptions> options) : IDatabase
{
    private readonly string _connectionString = ConnectionStrings.SqliteReading(options.Value);

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "pragma query_only=on; pragma busy_timeout=5000;";
            pragmas.ExecuteNonQuery();
            return ValueTask.FromResult<DbConnection>(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
