using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>Migrations with DbUp, under a lock.</summary>
internal sealed partial class Migrator(IOptions<StorageOptions> options, TimeProvider time, ILogger<Migrator> logger) : IMigrator
{
    private const string SweepMarkers = "delete from write_markers where seen_at < @before";

    /// <summary>A writer that has not written for so long has ended, or will make its row anew.</summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromDays(7);

    public Task ApplyAsync(CancellationToken cancellationToken) => options.Value.Provider == StorageProvider.PostgreSql
        ? ApplyToPostgreSqlAsync(cancellationToken)
        : ApplyToSqliteAsync(cancellationToken);

    private async Task ApplyToPostgreSqlAsync(CancellationToken cancellationToken)
    {
        var connectionString = ConnectionStrings.PostgreSql(options.Value);
        await using var held = await MigrationLock.OnPostgreSqlAsync(connectionString, cancellationToken).ConfigureAwait(false);
        Upgrade(
            SqlDialect.PostgreSql,
            DeployChanges.To.PostgresqlDatabase(connectionString).JournalToPostgresqlTable("public", "schema_versions"));

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var sweep = new NpgsqlCommand(SweepMarkers, connection);
        sweep.Parameters.AddWithValue("before", OldestMarker());
        await sweep.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ApplyToSqliteAsync(CancellationToken cancellationToken)
    {
        var connectionString = ConnectionStrings.SqliteWriting(options.Value);
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
            Directory.CreateDirectory(directory);

        await using var held = await MigrationLock.OnFileAsync(path + ".lock", time, cancellationToken).ConfigureAwait(false);
        Upgrade(SqlDialect.Sqlite, DeployChanges.To.SqliteDatabase(connectionString));

        await using var connection = new SqliteConnection(connectionString);
        connection.Open();
        await using var sweep = connection.CreateCommand();
        sweep.CommandText = "pragma journal_mode=wal; " + SweepMarkers;
        sweep.Parameters.AddWithValue("@before", OldestMarker());
        sweep.ExecuteNonQuery();
    }

    private long OldestMarker() => (time.GetUtcNow() - MarkerLifetime).ToUnixTimeMilliseconds();

    private void Upgrade(SqlDialect dialect, UpgradeEngineBuilder builder)
    {
        // Variables are DbUp's own $name$ syntax, which would catch PostgreSQL's quoting.
        var result = builder
            .WithScripts(MigrationScripts.Of(dialect))
            .WithScriptNameComparer(StringComparer.Ordinal)
            .WithTransaction()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The store's migration failed in {result.ErrorScript?.Name ?? "its journal"}.", result.Error);

        foreach (var script in result.Scripts)
            LogApplied(logger, script.Name);
    }

    [LoggerMessage(LogLevel.Information, "Applied {Script} to the store")]
    private static partial void LogApplied(ILogger logger, string script);
}
