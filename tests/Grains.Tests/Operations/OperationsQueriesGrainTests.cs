using JubileeVerse.Grains.Tests.Accounts;
using JubileeVerse.Operations;

namespace JubileeVerse.Grains.Tests.Operations;

public sealed class OperationsQueriesGrainTests(SqliteAccountCluster cluster) : IClassFixture<SqliteAccountCluster>
{
    [Fact]
    public async Task PingStorageAsync_StoreAvailable_Completes() =>
        await cluster.Grains.GetGrain<IOperationsQueriesGrain>(0).PingStorageAsync(TestContext.Current.CancellationToken);
}
