using Dapper;
using JubileeVerse.Storage;
using Orleans.Concurrency;

namespace JubileeVerse.Operations;

[StatelessWorker]
internal sealed class OperationsQueries(IDatabase database) : Grain, IOperationsQueries
{
    public async Task PingStorageAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellationToken));
    }
}
