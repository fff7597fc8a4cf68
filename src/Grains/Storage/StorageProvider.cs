namespace JubileeVerse.Storage;

/// <summary>Which relational store holds everything.</summary>
public enum StorageProvider
{
    /// <summary>One file, one process.</summary>
    Sqlite = 0,

    /// <summary>A server, any number of silos.</summary>
    PostgreSql = 1,
}
