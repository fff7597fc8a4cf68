using System.Data.Common;
using JubileeVerse.Storage.Dialects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>
/// The two options that make Orleans' relational grain storage use this store. The invariant selects an SQL dialect, not a driver:
/// with "System.Data.SQLite" the grain storage still uses the connections of the data source, that is Microsoft.Data.Sqlite.
/// </summary>
public sealed record GrainStorageSource(string Invariant, DbDataSource DataSource)
{
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string PostgreSqlInvariant = "Npgsql";

    internal static GrainStorageSource Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return options.Provider == StorageProvider.PostgreSql
            ? new GrainStorageSource(PostgreSqlInvariant, services.GetRequiredService<NpgsqlDataSource>())
            : new GrainStorageSource(SqliteInvariant, GatedSqliteDataSource.Create(options));
    }
}
