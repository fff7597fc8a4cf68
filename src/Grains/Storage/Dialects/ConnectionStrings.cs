using Microsoft.Data.Sqlite;
using Npgsql;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Connection strings with the driver settings that an operator has not set.</summary>
internal static class ConnectionStrings
{
    private const int SqliteTimeoutSeconds = 10;
    private const int DefaultPoolSize = 40;
    private const int DefaultAutoPrepare = 100;

    /// <summary>
    /// For readers. The driver pools connections by the text of the string; a reader's connection is read-only and must never be handed to
    /// a writer, so the two strings differ.
    /// </summary>
    public static string SqliteReading(StorageOptions options)
    {
        var builder = Sqlite(options);
        builder.ForeignKeys = false;
        return builder.ConnectionString;
    }

    /// <summary>For the store's writer and the migrations, which do not pool their connections.</summary>
    public static string SqliteWriting(StorageOptions options)
    {
        var builder = Sqlite(options);
        builder.Pooling = false;
        builder.ForeignKeys = true;
        return builder.ConnectionString;
    }

    /// <summary>For Orleans' grain storage, which opens a connection for each call.</summary>
    public static string SqlitePooledWriting(StorageOptions options)
    {
        var builder = Sqlite(options);
        builder.ForeignKeys = true;
        return builder.ConnectionString;
    }

    public static string PostgreSql(StorageOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.EffectiveConnectionString);
        var set = builder.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!set.Contains("Maximum Pool Size"))
            builder.MaxPoolSize = DefaultPoolSize;
        if (!set.Contains("Max Auto Prepare"))
            builder.MaxAutoPrepare = DefaultAutoPrepare;
        if (!set.Contains("Application Name"))
            builder.ApplicationName = "jubileeverse";
        return builder.ConnectionString;
    }

    /// <summary>The path is absolute, so that a later change of the working directory does not change the database.</summary>
    private static SqliteConnectionStringBuilder Sqlite(StorageOptions options)
    {
        var builder = new SqliteConnectionStringBuilder(options.EffectiveConnectionString) { DefaultTimeout = SqliteTimeoutSeconds };
        if (!builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            builder.DataSource = Path.GetFullPath(builder.DataSource);
        return builder;
    }
}
