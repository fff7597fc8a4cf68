using System.Data.Common;
using JubileeVerse.Operations;
using JubileeVerse.Storage.Dialects;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>
/// Reports all faults at once, by key. It never repeats a connection string or the parser's message, because both may contain a password.
/// </summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new List<string>();
        CheckRange(faults, nameof(options.MaxBatchUnits), options.MaxBatchUnits, 1, 4096);
        CheckRange(faults, nameof(options.MaxBatchStatements), options.MaxBatchStatements, 1, 65_536);
        CheckRange(faults, nameof(options.MaxQueuedUnits), options.MaxQueuedUnits, 1, 1_048_576);
        CheckRange(faults, nameof(options.UnavailableAfter), options.UnavailableAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        switch (options.Provider)
        {
            case StorageProvider.Sqlite:
                CheckSqlite(faults, options.EffectiveConnectionString);
                break;
            case StorageProvider.PostgreSql:
                CheckPostgreSql(faults, options.EffectiveConnectionString);
                break;
            default:
                faults.Add($"{Key(nameof(options.Provider))} must be {StorageProvider.Sqlite} or {StorageProvider.PostgreSql}.");
                break;
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckSqlite(List<string> faults, string connectionString)
    {
        var key = Key(nameof(StorageOptions.ConnectionString));
        var parsed = TryParse(connectionString, text => new SqliteConnectionStringBuilder(text));
        if (parsed is null || parsed.DataSource.Length == 0)
            faults.Add($"{key} must name a file for SQLite, such as '{StorageOptions.DefaultSqliteConnectionString}'.");
        else if (parsed.DataSource == ":memory:" || parsed.Mode == SqliteOpenMode.Memory)
            faults.Add($"{key} must name a file, because an in-memory database is deleted when its connection is closed.");
        else if (parsed.Mode == SqliteOpenMode.ReadOnly)
            faults.Add($"{key} must not be read-only.");
    }

    private static void CheckPostgreSql(List<string> faults, string connectionString)
    {
        var parsed = TryParse(connectionString, text => new NpgsqlConnectionStringBuilder(text));
        if (string.IsNullOrWhiteSpace(parsed?.Host))
        {
            faults.Add(
                $"{Key(nameof(StorageOptions.ConnectionString))} must be set for PostgreSQL, "
                + "such as 'Host=…;Database=…;Username=…;Password=…'.");
        }
    }

    private static T? TryParse<T>(string connectionString, Func<string, T> parse)
        where T : DbConnectionStringBuilder
    {
        try
        {
            return parse(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static void CheckRange<T>(List<string> faults, string option, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            faults.Add($"{Key(option)} must be from {min} to {max}; it is {value}.");
    }

    private static string Key(string option) => $"{OptionSections.Path(OptionSections.Storage)}:{option}";
}
