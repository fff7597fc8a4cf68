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
    public async Task AQueueWhoseSiloWillLeave_MovesToAnother_IfThereIsOne(short silos, bool moves)
    {
        await using var cluster = await StartAsync(silos);
        var before = await cluster.HostOfAsync(cluster.ReplyQueue, Token);

        for (var tries = 0; await cluster.ReplyQueue.LeaveAsync(before.ToParsableString()).WaitAsync(Token); tries++)
            Assert.True(tries < 20, "It comes back again and again.");

        Assert.Equal(moves, !before.Equals(await cluster.HostOfAsync(cluster.ReplyQueue, Token)));
    }

    [Fact]
    public async Task AQueueElsewhere_Stays()
    {
        await using var cluster = await StartAsync(2);
        var host = await cluster.HostOfAsync(cluster.ReplyQueue, Token);
        var other = cluster.Silos.Silos.Select(silo => silo.SiloAddress).Single(address => !address.Equals(host));

        Assert.False(await cluster.ReplyQueue.LeaveAsync(other.ToParsableString()).WaitAsync(Token));

        Assert.Equal(host, await cluster.HostOfAsync(cluster.ReplyQueue, Token));
    }

    /// <summary>The drain, which comes before the silo stops, has moved the queue: nothing waits for it while the silo's grains go.</summary>
    [Fact]
    public async Task TheDrainOfAWorker_MovesItsQueueFirst()
    {
        await using var cluster = await StartAsync(2);
        var host = await cluster.HostOfAsync(cluster.ReplyQueue, Token);
        var leaving = cluster.Silos.Silos.Single(silo => silo.SiloAddress.Equals(host));

        await leaving.ServiceProvider.GetRequiredService<IJobDrain>().DrainAsync(Token).WaitAsync(Token);

        Assert.NotEqual(host, await cluster.HostOfAsync(cluster.ReplyQueue, Token));
    }

    private async Task<JubileeCluster> StartAsync(short silos)
    {
        var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            silos,
            cancellationToken: Token);
        // Where a grain may go is decided by what each silo knows of the others.
        await cluster.Silos.WaitForLivenessToStabilizeAsync().WaitAsync(Token);
        await cluster.Silos.WaitForClusterManifestToStabilizeAsync().WaitAsync(Token);
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Token);
        return cluster;
    }
}
