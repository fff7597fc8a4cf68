using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage;

/// <summary>
/// Connections for Orleans' grain storage on SQLite, one at a time. Without the gate they meet SQLite's write lock, for which the driver
/// waits by blocking threads of the pool: a hundred grains that save at once held up every timer of the silo for seconds.
/// </summary>
internal sealed class GatedSqliteDataSource : DbDataSource
{
    private readonly SemaphoreSlim _gate = new(1);

    private GatedSqliteDataSource(string connectionString) => ConnectionString = connectionString;

    public override string ConnectionString { get; }

    public static GatedSqliteDataSource For(StorageOptions options) => new(ConnectionStrings.SqlitePooledWriting(options));

    protected override DbConnection CreateDbConnection() => new GatedConnection(ConnectionString, _gate);

    private sealed class GatedConnection(string connectionString, SemaphoreSlim gate) : SqliteConnection(connectionString)
    {
        private int _held;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            _held = 1;
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
            if (Interlocked.Exchange(ref _held, 0) == 1)
                gate.Release();
        }
    }
}
