using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Storage;

/// <summary>Section <c>JubileeVerse:Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string DefaultSqliteConnectionString = "Data Source=data/jubileeverse.db";

    /// <summary><c>Sqlite</c> or <c>PostgreSql</c>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// Secret. For SQLite the default is <see cref="DefaultSqliteConnectionString"/>, relative to the working directory. Required for
    /// PostgreSQL.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Maximum number of units in one batch, 1 to 4,096. A larger batch delays its first unit for longer.</summary>
    public int MaxBatchUnits { get; set; } = 512;

    /// <summary>A batch accepts no further unit once it has this many statements, 1 to 65,536.</summary>
    public int MaxBatchStatements { get; set; } = 4096;

    /// <summary>Maximum number of queued units, 1 to 1,048,576. When the queue is full, callers wait until it has room.</summary>
    public int MaxQueuedUnits { get; set; } = 8192;

    /// <summary>Retry window: how long writes to an unreachable store are retried before they fail, 1 s to 10 min.</summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An empty value counts as unset, because an environment variable without a value yields an empty string.</summary>
    internal string EffectiveConnectionString => !string.IsNullOrWhiteSpace(ConnectionString)
        ? ConnectionString
        : Provider == StorageProvider.Sqlite ? DefaultSqliteConnectionString : "";
}
