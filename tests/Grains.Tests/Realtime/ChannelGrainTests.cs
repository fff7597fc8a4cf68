using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>Channels without an owner: the announcements and named channels.</summary>
public sealed class ChannelGrainTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static readonly ChannelName News = ChannelName.ForNamed("news");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NotifyAsync_Announcements_ReachesEachGatewayOnceAndReturnsTheirCount()
    {
        await using var cluster = await StartAsync();
        var everyone = cluster.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        Assert.Equal(0, await everyone.NotifyAsync(new Notice("unheard", "info"), Token));
        TestGateway[] gateways = [new(cluster), new(cluster)];
        foreach (var gateway in gateways)
            await gateway.AttachAsync(ChannelName.Announcements);

        Assert.Equal(2, await everyone.NotifyAsync(new Notice("heard", "info"), Token));

        foreach (var gateway in gateways)
        {
            var notice = await gateway.Received.NextAsync<AdminNotice>(_ => true, Token);
            Assert.Equal(("heard", 2), (notice.Message, notice.Offset));
            Assert.Single(gateway.Notices);
        }

        await gateways[0].DetachAsync(ChannelName.Announcements);
        Assert.Equal(1, await everyone.NotifyAsync(new Notice("half", "info"), Token));
    }

    [Fact]
    public async Task AttachAsync_GatewayMissedFrames_ReturnsThemAndANewEpochAfterAMove()
    {
        await using var cluster = await StartAsync();
        var everyone = cluster.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        var gateway = new TestGateway(cluster);
        var first = await gateway.AttachAsync(ChannelName.Announcements);
        await everyone.NotifyAsync(new Notice("one", "info"), Token);
        await everyone.NotifyAsync(new Notice("two", "info"), Token);

        var again = await gateway.AttachAsync(ChannelName.Announcements, first.Epoch, 1);
        Assert.Equal(["two"], again.Frames!.Cast<AdminNotice>().Select(notice => notice.Message));
        var foreign = await gateway.AttachAsync(ChannelName.Announcements, "other", 7);
        Assert.Equal(["one", "two"], foreign.Frames!.Cast<AdminNotice>().Select(notice => notice.Message));

        await cluster.DeactivateAsync(everyone);
        await gateway.Received.UntilMovedAsync(ChannelName.Announcements, Token);
        var moved = await gateway.AttachAsync(ChannelName.Announcements, first.Epoch, 2);
        Assert.NotEqual(first.Epoch, moved.Epoch);
        Assert.Equal((0, 0), (moved.Offset, moved.Frames!.Count));
    }

    [Fact]
    public async Task AttachAsync_HistoryExceedsTheMessageLimit_ReturnsTheNewestFrames()
    {
        await using var cluster = await StartAsync();
        var everyone = cluster.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        const int Count = 600;
        for (var i = 0; i < Count; i++)
            await everyone.NotifyAsync(new Notice(new string('\u6F22', 4000), "info"), Token);

        var late = await new TestGateway(cluster).AttachAsync(ChannelName.Announcements);

        Assert.Equal((Count, Count), (late.Offset, late.Frames!.Cast<AdminNotice>().Last().Offset));
        Assert.InRange(late.Frames!.Count, 100, 200);
    }

    [Fact]
    public async Task CreateAsync_ThenRemoveAsync_OpensAndClosesTheChannel()
    {
        await using var cluster = await StartAsync();
        var news = cluster.Grains.GetGrain<IChannelGrain>(News.Value);
        Assert.False(await news.ExistsAsync(Token));
        var refused = await Assert.ThrowsAsync<JubileeException>(() => news.NotifyAsync(new Notice("early", "info"), Token));
        Assert.Equal(ErrorCode.NotFound, refused.Code);

        await news.CreateAsync(Token);
        await cluster.DeactivateAsync(news);
        Assert.True(await news.ExistsAsync(Token));
        var gateway = new TestGateway(cluster);
        await gateway.AttachAsync(News);
        Assert.Equal(1, await news.NotifyAsync(new Notice("on time", "info"), Token));

        await news.RemoveAsync(Token);
        Assert.Equal(4300, (await gateway.Received.NextAsync<Unsubscribed>(_ => true, Token)).Code);
        Assert.False(await news.ExistsAsync(Token));
    }

    [Fact]
    public async Task ExistsAsync_AnnouncementsOrUserChannel_NeedsNoStoredRow()
    {
        await using var cluster = await StartAsync();

        Assert.True(await cluster.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).ExistsAsync(Token));
        var user = cluster.Grains.GetGrain<IChannelGrain>(ChannelName.For(UserId.New(cluster.Clock)).Value);
        Assert.False(await user.ExistsAsync(Token));
        Assert.Equal(ErrorCode.InvalidRequest, (await Assert.ThrowsAsync<JubileeException>(() => user.CreateAsync(Token))).Code);
    }

    [Fact]
    public async Task GetPresentUsersAsync_TwoGateways_ListsEachUserOnceUntilTheGatewayIsUnreachable()
    {
        await using var cluster = await StartAsync();
        var news = cluster.Grains.GetGrain<IChannelGrain>(News.Value);
        var (ada, bob) = (UserId.New(cluster.Clock), UserId.New(cluster.Clock));
        TestGateway dies = new(cluster), lives = new(cluster);
        await dies.StartHeartbeatsAsync();
        await lives.StartHeartbeatsAsync();
        await dies.AttachAsync(News, null, 0, ada, bob);
        await lives.AttachAsync(News, null, 0, bob);
        Assert.Equal(new[] { ada, bob }.ToHashSet(), (await news.GetPresentUsersAsync(Token)).ToHashSet());

        dies.StopHeartbeats();

        await cluster.UntilAsync(
            async () =>
            {
                // A gateway's position check attaches again in the same way.
                await lives.AttachAsync(News, null, 0, bob);
                return (await news.GetPresentUsersAsync(Token)).SequenceEqual([bob]);
            },
            "the removal of the dead gateway's users",
            Token);
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
