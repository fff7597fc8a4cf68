using System.Net.Sockets;
using JubileeVerse.Storage.Batching;
using Npgsql;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Maps PostgreSQL error codes to store exceptions (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgreSqlErrors
{
    private const string MarkerTable = "write_markers";

    public static Exception Translate(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.NotNullViolation, TableName: MarkerTable } e => new MarkerMovedException(e),
        PostgresException { SqlState: PostgresErrorCodes.NotNullViolation } e =>
            new StaleWriterException($"The version check failed: {e.TableName}.{e.ColumnName}.", e),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => new DuplicateKeyException(e.ConstraintName ?? "", e),
        PostgresException e => e.IsTransient || IsServerError(e.SqlState) ? new TransientStoreException(e) : e,
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException =>
            new TransientStoreException(exception),
        _ => exception,
    };

    /// <summary>
    /// True for a failed connection or authorization, a missing database, exhausted resources, a shutdown, a read-only server after a
    /// failover, or a system error. No unit is at fault, so splitting the batch would not help.
    /// </summary>
    private static bool IsServerError(string state) =>
        state is PostgresErrorCodes.ReadOnlySqlTransaction
        || state[..2] is "08" or "28" or "3D" or "53" or "58"
        || state.StartsWith("57P", StringComparison.Ordinal);
}
