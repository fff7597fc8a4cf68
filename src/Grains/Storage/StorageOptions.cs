namespace JubileeVerse.Storage;

/// <summary>Section <c>JubileeVerse:Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string DefaultSqliteConnectionString = "Data Source=data/jubileeverse.db";

    /// <summary><c>Sqlite</c> or <c>PostgreSql</c>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// Secret. For SQLite the default is <see cref="DefaultSqliteConnectionString"/>, below the working directory; for PostgreSQL it must be set.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Most units of one batch, 1 to 4,096. More hold up the first of them for longer.</summary>
    public int MaxBatchUnits { get; set; } = 512;

    /// <summary>A batch takes no further unit once it has this many statements, 1 to 65,536.</summary>
    public int MaxBatchStatements { get; set; } = 4096;

    /// <summary>Units that may wait for a batch, 1 to 1,048,576. Who brings one more waits for a place.</summary>
    public int MaxQueuedUnits { get; set; } = 8192;

    /// <summary>How long a store that cannot be reached is tried again before writes are refused, 1 s to 10 min.</summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An empty value counts as none: that is what an environment variable without one gives.</summary>
    internal string EffectiveConnectionString => !string.IsNullOrWhiteSpace(ConnectionString)
        ? ConnectionString
        : Provider == StorageProvider.Sqlite ? DefaultSqliteConnectionString : "";
}
