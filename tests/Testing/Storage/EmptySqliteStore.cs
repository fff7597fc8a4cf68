namespace JubileeVerse.Testing.Storage;

/// <summary>A SQLite store without migrations.</summary>
public sealed class EmptySqliteStore : SqliteStore
{
    protected override bool MigratesAtStart => false;
}
