using Dapper;
using JubileeVerse.Storage.Dialects;
using Orleans.Concurrency;

namespace JubileeVerse.Operations;

[StatelessWorker]
internal sealed class OperationsQueriesGrain(IDatabase database) : Grain, IOperationsQueriesGrain
{
    public async Task PingStorageAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellationToken));
    }
}
