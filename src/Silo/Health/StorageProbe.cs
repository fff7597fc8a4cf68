using Dapper;
using JubileeVerse.ServiceDefaults.Health;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Silo.Health;

/// <summary>Checks that this silo can query the store.</summary>
internal sealed class StorageProbe(IDatabase database) : IHealthProbe
{
    public string Name => "storage";

    public bool IsVital => true;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellationToken));
    }
}
