namespace JubileeVerse.Storage.Dialects;

/// <summary>The relational database that holds all data.</summary>
public enum StorageProvider
{
    /// <summary>A single file, used by a single process.</summary>
    Sqlite = 0,

    /// <summary>A server, used by any number of silos.</summary>
    PostgreSql = 1,
}
