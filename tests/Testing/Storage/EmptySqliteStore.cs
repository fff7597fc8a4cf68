namespace JubileeVerse.Testing.Storage;

/// <summary>Not migrated.</summary>
public sealed class EmptySqliteStore : SqliteStore
{
    protected override bool MigratesAtStart => false;
}
