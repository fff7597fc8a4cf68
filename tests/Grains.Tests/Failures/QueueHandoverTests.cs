using JubileeVerse.Queues.Workers;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

public sealed class QueueHandoverTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task LeaveAsync_SiloWillLeave_MovesTheQueueIfThereIsAnotherSilo(short silos, bool moves)
    {
        await using var cluster = await StartAsync(silos);
        var before = await cluster.FindHostAsync(cluster.ReplyQueue, Token);

        for (var attempts = 0; await cluster.ReplyQueue.LeaveAsync(before.ToParsableString()).WaitAsync(Token); attempts++)
            Assert.True(attempts < 20, "The queue returns to the leaving silo again and again.");

        Assert.Equal(moves, !before.Equals(await cluster.FindHostAsync(cluster.ReplyQueue, Token)));
    }

    [Fact]
    public async Task LeaveAsync_QueueOnAnotherSilo_DoesNotMoveIt()
    {
        await using var cluster = await StartAsync(2);
        var host = await cluster.FindHostAsync(cluster.ReplyQueue, Token);
        var other = cluster.Silos.Silos.Select(silo => silo.SiloAddress).Single(address => !address.Equals(host));

        Assert.False(await cluster.ReplyQueue.LeaveAsync(other.ToParsableString()).WaitAsync(Token));

        Assert.Equal(host, await cluster.FindHostAsync(cluster.ReplyQueue, Token));
    }

    /// <summary>
    /// The drain runs before the silo stops and moves the queue, so that no call waits for it while the silo's grains deactivate.
    /// </summary>
    [Fact]
    public async Task DrainAsync_SiloHostsTheQueue_MovesTheQueueFirst()
    {
        await using var cluster = await StartAsync(2);
        var host = await cluster.FindHostAsync(cluster.ReplyQueue, Token);
        var leaving = cluster.Silos.Silos.Single(silo => silo.SiloAddress.Equals(host));

        await leaving.ServiceProvider.GetRequiredService<IJobDrain>().DrainAsync(Token).WaitAsync(Token);

        Assert.NotEqual(host, await cluster.FindHostAsync(cluster.ReplyQueue, Token));
    }

    private async Task<JubileeCluster> StartAsync(short silos)
    {
        var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            silos,
            cancellationToken: Token);
        // Placement considers only the silos that each silo knows, so every silo must know the others first.
        await cluster.Silos.WaitForLivenessToStabilizeAsync().WaitAsync(Token);
        await cluster.Silos.WaitForClusterManifestToStabilizeAsync().WaitAsync(Token);
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Token);
        return cluster;
    }
}
