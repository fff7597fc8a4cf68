using System.Net.Sockets;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>What PostgreSQL's codes mean to a writer (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgreSqlErrors
{
    private const string MarkerTable = "write_markers";

    public static Exception Translate(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.NotNullViolation, TableName: MarkerTable } e => new MarkerMovedException(e),
        PostgresException { SqlState: PostgresErrorCodes.NotNullViolation } e =>
            new StaleWriterException($"A fence broke: {e.TableName}.{e.ColumnName}.", e),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => new DuplicateKeyException(e.ConstraintName ?? "", e),
        PostgresException e => e.IsTransient || IsTheServers(e.SqlState) ? new StoreLostException(e) : e,
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException => new StoreLostException(exception),
        _ => exception,
    };

    /// <summary>
    /// Connection, authorization or database gone, no resources, shut down, read-only after a fail-over, system error: not a unit's fault,
    /// and halving a batch would not find one.
    /// </summary>
    private static bool IsTheServers(string state) =>
        state is PostgresErrorCodes.ReadOnlySqlTransaction
        || state[..2] is "08" or "28" or "3D" or "53" or "58"
        || state.StartsWith("57P", StringComparison.Ordinal);
}
