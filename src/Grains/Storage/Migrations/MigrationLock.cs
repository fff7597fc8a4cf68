using Npgsql;

namespace JubileeVerse.Storage.Migrations;

/// <summary>
/// Allows one migration at a time over all processes: an advisory lock on PostgreSQL, a locked file beside the database on SQLite.
/// </summary>
internal static class MigrationLock
{
    /// <summary>An arbitrary constant that no other application uses.</summary>
    private const long AdvisoryKey = 0x4A75_6269_6C65_65;
    private const int WaitSeconds = 300;
    private static readonly TimeSpan FileRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>The lock belongs to the returned connection; closing the connection releases it.</summary>
    public static async Task<IAsyncDisposable> AcquirePostgreSqlAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Not pooled, because a pooled connection would stay open in the pool and keep the lock.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        var connection = new NpgsqlConnection(unpooled);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("select pg_advisory_lock(@key)", connection) { CommandTimeout = WaitSeconds };
            command.Parameters.AddWithValue("key", AdvisoryKey);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The file is not deleted, because otherwise one process could lock the deleted file and another a new one.</summary>
    public static async Task<IAsyncDisposable> AcquireFileAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(start) < TimeSpan.FromSeconds(WaitSeconds))
            {
                await Task.Delay(FileRetry, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
