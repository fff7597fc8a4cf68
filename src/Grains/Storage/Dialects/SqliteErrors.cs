using JubileeVerse.Storage.Batching;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Maps SQLite result codes to store exceptions (https://www.sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Range = 25;
    private const int ConstraintNotNull = 1299;
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const string Marker = "constraint failed: write_markers.batch";
    private const string Failed = "constraint failed: ";

    public static Exception Translate(SqliteException e) => (e.SqliteErrorCode, e.SqliteExtendedErrorCode) switch
    {
        (_, ConstraintNotNull) when e.Message.Contains(Marker, StringComparison.Ordinal) => new MarkerMovedException(e),
        (_, ConstraintNotNull) => new StaleWriterException($"The version check failed: {Columns(e)}.", e),
        (_, ConstraintPrimaryKey or ConstraintUnique) => new DuplicateKeyException(Columns(e), e),
        (Error or TooBig or Constraint or Mismatch or Range, _) => e,

        // Busy, full, I/O error, not a database and so on: the store is at fault, not a unit.
        _ => new TransientStoreException(e),
    };

    /// <summary>
    /// Only the message names the columns: <c>SQLite Error 19: 'UNIQUE constraint failed: users.email_key'.</c>
    /// </summary>
    private static string Columns(SqliteException e)
    {
        var start = e.Message.IndexOf(Failed, StringComparison.Ordinal);
        return start < 0 ? e.Message : e.Message[(start + Failed.Length)..].TrimEnd('.', '\'');
    }
}
