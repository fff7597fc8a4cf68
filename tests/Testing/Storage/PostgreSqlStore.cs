using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Testing.Storage;

public class PostgreSqlStore(PostgreSqlServer server) : StoreFixture
{
    public override string? Missing => server.Missing;

    protected override async Task<(StorageProvider Provider, string ConnectionString)> CreateAsync() =>
        (StorageProvider.PostgreSql, await server.CreateDatabaseAsync());
}
