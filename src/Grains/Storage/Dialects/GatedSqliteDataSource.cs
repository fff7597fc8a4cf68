using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage.Dialects;

/// <summary>
/// Connections for Orleans' grain storage on SQLite, one at a time. Without the gate they contend for SQLite's write lock, and the driver
/// blocks thread pool threads while it waits: a hundred grains that saved at once delayed every timer of the silo for seconds.
/// </summary>
internal sealed class GatedSqliteDataSource : DbDataSource
{
    private readonly SemaphoreSlim _gate = new(1);

    private GatedSqliteDataSource(string connectionString) => ConnectionString = connectionString;

    public override string ConnectionString { get; }

    public static GatedSqliteDataSource Create(StorageOptions options) => new(ConnectionStrings.SqlitePooledWriting(options));

    protected override DbConnection CreateDbConnection() => new GatedConnection(ConnectionString, _gate);

    private sealed class GatedConnection(string connectionString, SemaphoreSlim gate) : SqliteConnection(connectionString)
    {
        private int _holdsGate;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            _holdsGate = 1;
            try
            {
                base.Open();
                using var pragmas = CreateCommand();
                pragmas.CommandText = "pragma synchronous=full; pragma busy_timeout=5000;";
                pragmas.ExecuteNonQuery();
            }
            catch
            {
                Release();
                throw;
            }
        }

        public override void Close()
        {
            try
            {
                base.Close();
            }
            finally
            {
                Release();
            }
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _holdsGate, 0) == 1)
                gate.Release();
        }
    }
}
