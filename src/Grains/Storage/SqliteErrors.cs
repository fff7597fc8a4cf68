using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage;

/// <summary>What SQLite's result codes mean to a writer (https://www.sqlite.org/rescode.html).</summary>
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
        (_, ConstraintNotNull) => new StaleWriterException($"A fence broke: {Columns(e)}.", e),
        (_, ConstraintPrimaryKey or ConstraintUnique) => new DuplicateKeyException(Columns(e), e),
        (Error or TooBig or Constraint or Mismatch or Range, _) => e,

        // Busy, full, I/O, not a database…: the store's trouble and not a unit's.
        _ => new StoreLostException(e),
    };

    /// <summary><c>SQLite Error 19: 'UNIQUE constraint failed: users.email_key'.</c> is the only place where the columns are named.</summary>
    private static string Columns(SqliteException e)
    {
        var start = e.Message.IndexOf(Failed, StringComparison.Ordinal);
        return start < 0 ? e.Message : e.Message[(start + Failed.Length)..].TrimEnd('.', '\'');
    }
}
