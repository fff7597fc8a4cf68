using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Testing.Storage;

public class SqliteStore : StoreFixture
{
    private readonly SqliteFile _file = new();

    public override string? Missing => null;

    protected override Task<(StorageProvider Provider, string ConnectionString)> CreateAsync() =>
        Task.FromResult((StorageProvider.Sqlite, _file.ConnectionString));

    protected override void Remove() => _file.Dispose();
}
