namespace JubileeVerse.Storage.Dialects;

/// <summary>The database in use, for the few SQL texts that differ between the two.</summary>
public enum SqlDialect
{
    Sqlite,
    PostgreSql,
}
