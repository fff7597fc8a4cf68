using JubileeVerse.Queues;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

public sealed class QueueHandoverTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task AQueueWhoseSiloWillLeave_MovesToAnother_IfThereIsOne(short silos, bool moves)
    {
        await using var cluster = await StartAsync(silos);
        var before = await HostAsync(cluster);

        for (var tries = 0; await cluster.ReplyQueue.LeaveAsync(before.ToParsableString()).WaitAsync(Patience, Token); tries++)
            Assert.True(tries < 20, "It comes back again and again.");

        Assert.Equal(moves, !before.Equals(await HostAsync(cluster)));
    }

    [Fact]
    public async Task AQueueElsewhere_Stays()
    {
        await using var cluster = await StartAsync(2);
        var host = await HostAsync(cluster);
        var other = cluster.Silos.Silos.Select(silo => silo.SiloAddress).Single(address => !address.Equals(host));

        Assert.False(await cluster.ReplyQueue.LeaveAsync(other.ToParsableString()).WaitAsync(Patience, Token));

        Assert.Equal(host, await HostAsync(cluster));
    }

    /// <summary>The drain, which comes before the silo stops, has moved the queue: nothing waits for it while the silo's grains go.</summary>
    [Fact]
    public async Task TheDrainOfAWorker_MovesItsQueueFirst()
    {
        await using var cluster = await StartAsync(2);
        var host = await HostAsync(cluster);
        var leaving = cluster.Silos.Silos.Single(silo => silo.SiloAddress.Equals(host));

        await leaving.ServiceProvider.GetRequiredService<IJobDrain>().DrainAsync(Token).WaitAsync(Patience, Token);

        Assert.NotEqual(host, await HostAsync(cluster));
    }

    private async Task<JubileeCluster> StartAsync(short silos)
    {
        var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            silos,
            cancellationToken: Token);
        // Where a grain may go is decided by what each silo knows of the others.
        await cluster.Silos.WaitForLivenessToStabilizeAsync().WaitAsync(Patience, Token);
        await cluster.Silos.WaitForClusterManifestToStabilizeAsync().WaitAsync(Patience, Token);
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Patience, Token);
        return cluster;
    }

    /// <summary>Asked of the silos: what the directory says of a grain that has just moved may be old.</summary>
    private static async Task<SiloAddress> HostAsync(JubileeCluster cluster)
    {
        SiloAddress[] hosts = [];
        await cluster.UntilAsync(
            async () =>
            {
                var activations = await cluster.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
                hosts = [.. activations.Where(one => one.GrainId == cluster.ReplyQueue.GetGrainId()).Select(one => one.SiloAddress)];
                return hosts.Length == 1;
            },
            "one activation of the queue",
            Token);
        return hosts[0];
    }
}
