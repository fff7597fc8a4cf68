using Microsoft.Data.Sqlite;

namespace JubileeVerse.Testing.Storage;

/// <summary>A SQLite database in its own directory, which dispose deletes.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"jubileeverse-sqlite-{Path.GetRandomFileName()}");

    /// <summary>The path of the database. Migrations create its directory.</summary>
    public string FileName => Path.Combine(_directory, "data", "jubileeverse.db");

    public string ConnectionString => $"Data Source={FileName}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
