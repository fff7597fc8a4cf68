using System.Data.Common;
using Npgsql;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Pooled connections to PostgreSQL.</summary>
internal sealed class PostgreSqlDatabase(NpgsqlDataSource dataSource) : IDatabase
{
    public SqlDialect Dialect => SqlDialect.PostgreSql;

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
}
