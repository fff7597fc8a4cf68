using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JubileeVerse.Storage;

/// <summary>
/// What Orleans' relational grain storage needs to use our store: set both on its options. The invariant is its name of a dialect and not a
/// driver's: under this one it uses Microsoft.Data.Sqlite.
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
            : new GrainStorageSource(SqliteInvariant, GatedSqliteDataSource.For(options));
    }
}
