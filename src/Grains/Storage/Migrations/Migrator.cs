using DbUp;
using DbUp.Builder;
using JubileeVerse.Storage.Dialects;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JubileeVerse.Storage.Migrations;

/// <summary>Runs the migrations with DbUp under a lock.</summary>
internal sealed partial class Migrator(IOptions<StorageOptions> options, TimeProvider time, ILogger<Migrator> logger) : IMigrator
{
    private const string SweepMarkers = "delete from write_markers where seen_at < @before";

    /// <summary>A writer that has not written for this long has ended, or will insert its row again.</summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromDays(7);

    public Task ApplyAsync(CancellationToken cancellationToken) => options.Value.Provider == StorageProvider.PostgreSql
        ? ApplyToPostgreSqlAsync(cancellationToken)
        : ApplyToSqliteAsync(cancellationToken);

    private async Task ApplyToPostgreSqlAsync(CancellationToken cancellationToken)
    {
        var connectionString = ConnectionStrings.PostgreSql(options.Value);
        await using var migrationLock = await MigrationLock.AcquirePostgreSqlAsync(connectionString, cancellationToken)
            .ConfigureAwait(false);
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

        await using var migrationLock = await MigrationLock.AcquireFileAsync(path + ".lock", time, cancellationToken).ConfigureAwait(false);
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
        // Disabled, because DbUp's $name$ variable syntax conflicts with PostgreSQL's dollar quoting.
        var result = builder
            .WithScripts(MigrationScripts.Load(dialect))
            .WithScriptNameComparer(StringComparer.Ordinal)
            .WithTransaction()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException(
                $"The migration of the store failed in {result.ErrorScript?.Name ?? "the journal"}.", result.Error);
        }

        foreach (var script in result.Scripts)
            LogApplied(logger, script.Name);
    }

    [LoggerMessage(LogLevel.Information, "Migration script {Script} was applied to the store.")]
    private static partial void LogApplied(ILogger logger, string script);
}
