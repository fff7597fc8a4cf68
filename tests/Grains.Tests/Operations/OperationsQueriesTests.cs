using JubileeVerse.Grains.Tests.Accounts;
using JubileeVerse.Operations;

namespace JubileeVerse.Grains.Tests.Operations;

public sealed class OperationsQueriesTests(SqliteAccountCluster cluster) : IClassFixture<SqliteAccountCluster>
{
    [Fact]
    public async Task PingStorageAsync_StoreIsThere_Completes() =>
        await cluster.Grains.GetGrain<IOperationsQueries>(0).PingStorageAsync(TestContext.Current.CancellationToken);
}
