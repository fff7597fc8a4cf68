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

        await cluster.ReplyQueue.LeaveAsync(before.ToParsableString()).WaitAsync(Patience, Token);
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Patience, Token);

        Assert.Equal(moves, !before.Equals(await HostAsync(cluster)));
    }

    [Fact]
    public async Task AQueueElsewhere_Stays()
    {
        await using var cluster = await StartAsync(2);
        var host = await HostAsync(cluster);
        var other = cluster.Silos.Silos.Select(silo => silo.SiloAddress).Single(address => !address.Equals(host));

        await cluster.ReplyQueue.LeaveAsync(other.ToParsableString()).WaitAsync(Patience, Token);
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Patience, Token);

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
        await cluster.ReplyQueue.GetAsync(Token).WaitAsync(Patience, Token);
        return cluster;
    }

    private static async Task<SiloAddress> HostAsync(JubileeCluster cluster) =>
        await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(cluster.ReplyQueue)
        ?? throw new InvalidOperationException("The queue is nowhere.");
}
