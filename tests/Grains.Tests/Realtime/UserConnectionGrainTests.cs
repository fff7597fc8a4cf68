using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Rules;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using static JubileeVerse.Grains.Tests.Realtime.TestUserConnections;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>A user's connections across several gateways, and the frames on their channel.</summary>
public sealed class UserConnectionGrainTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttachAsync_TwoGateways_MergesConnectionsAndPublishesPresenceOnce()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = CreateUserAndGateways(cluster);
        Assert.False((await grain.GetAsync(Token)).Online);

        await left.AttachAsync(user, Connection("first", 1), Connection("third", 3));
        await right.AttachAsync(user, Connection("second", 2));

        var presence = await grain.GetAsync(Token);
        Assert.Equal((true, "first second third"), (presence.Online, Names(presence)));
        Assert.True((await left.Received.NextAsync<PresenceChanged>(_ => true, Token)).Online);

        await left.AttachAsync(user, Connection("third", 3));
        Assert.Equal("second third", Names(await grain.GetAsync(Token)));
        Assert.Single(left.Received.Frames.OfType<PresenceChanged>());
    }

    [Fact]
    public async Task DetachAsync_LastGateway_PublishesOfflineOnceAfterTheGrace()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = CreateUserAndGateways(cluster);
        await left.AttachAsync(user, Connection("a"));
        await right.AttachAsync(user, Connection("b"));
        await left.AttachAsync(user);
        await right.DetachAsync(user);

        var now = await grain.GetAsync(Token);
        Assert.Equal((true, ""), (now.Online, Names(now)));
        await left.Received.NextAsync<PresenceChanged>(presence => !presence.Online, Token);

        Assert.False((await grain.GetAsync(Token)).Online);
        Assert.Equal([true, false], left.Received.Frames.OfType<PresenceChanged>().Select(presence => presence.Online));
    }

    [Fact]
    public async Task AttachAsync_TooManyConnections_ClosesTheOldestAtAnyGatewayUntilItIsRemoved()
    {
        await using var cluster = await StartAsync(("Realtime:LinksPerUser", "3"));
        var (user, grain, left, right) = CreateUserAndGateways(cluster);
        await left.AttachAsync(user, Connection("oldest", 1), Connection("young", 3));
        await right.AttachAsync(user, Connection("second", 2));
        await right.AttachAsync(user, Connection("second", 2), Connection("youngest", 4));

        var close = await left.Received.NextAsync<CloseConnections>(_ => true, Token);
        Assert.Equal((ChannelName.For(user), CloseCodes.TooManyConnections, null), (close.Channel, close.Code, close.Session));
        Assert.Equal(["oldest"], close.ConnectionIds);

        await right.AttachAsync(user, Connection("second", 2), Connection("youngest", 4));
        await left.Received.UntilAsync(_ => left.CloseFrames.Count() == 2, Token);
        await left.AttachAsync(user, Connection("young", 3));
        await right.AttachAsync(user, Connection("second", 2), Connection("youngest", 4));

        Assert.Equal("second young youngest", Names(await grain.GetAsync(Token)));
        Assert.Equal(2, left.CloseFrames.Count());
        Assert.Empty(right.CloseFrames);
    }

    [Fact]
    public async Task CloseAsync_Session_ReturnsTheCountAndNotifiesEachGatewayAlsoLater()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = CreateUserAndGateways(cluster);
        await left.AttachAsync(user, Connection("a", session: "ends"), Connection("b", session: "stays"));
        await right.AttachAsync(user, Connection("c", session: "ends"));

        Assert.Equal(2, await grain.CloseAsync(4201, "ends", Token));

        foreach (var gateway in new[] { left, right })
        {
            var close = await gateway.Received.NextAsync<CloseConnections>(_ => true, Token);
            Assert.Equal((4201, "ends", true), (close.Code, close.Session, close.ConnectionIds.IsDefaultOrEmpty));
        }

        // The close frame was lost, or the connection opened after it.
        await right.AttachAsync(user, Connection("c", session: "ends"), Connection("d", session: "ends"), Connection("e", session: "new"));
        var again = await right.Received.NextAsync<CloseConnections>(close => !close.ConnectionIds.IsDefaultOrEmpty, Token);
        Assert.Equal((4201, null), (again.Code, again.Session));
        Assert.Equal(["c", "d"], again.ConnectionIds);
    }

    [Fact]
    public async Task CloseAsync_ConnectionUnknownAfterAMove_IsClosedWhenAttached()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, _) = CreateUserAndGateways(cluster);
        await left.AttachAsync(user, Connection("a"));
        await cluster.DeactivateAsync(grain);

        Assert.Equal(0, await grain.CloseAsync(4301, null, Token));
        await left.AttachAsync(user, Connection("a"));

        Assert.Equal(["a"], (await left.Received.NextAsync<CloseConnections>(close => close.Code == 4301, Token)).ConnectionIds);
    }

    [Fact]
    public async Task NotifyAsync_WithoutAndWithConnections_StoresTheNoticeAndPublishesOncePerGateway()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = CreateUserAndGateways(cluster);
        Assert.Equal(0, await grain.NotifyAsync(new Notice("unheard", "info"), Token));

        var attachment = await left.AttachAsync(user, Connection("a"), Connection("b"));
        await right.AttachAsync(user, Connection("c"));
        Assert.Equal((1, 3), (attachment.Offset, await grain.NotifyAsync(new Notice("heard", "warning"), Token)));

        foreach (var gateway in new[] { left, right })
        {
            var notice = await gateway.Received.NextAsync<AdminNotice>(_ => true, Token);
            Assert.Equal(
                (ChannelName.For(user), attachment.Epoch, 2, "heard", "warning"),
                (notice.Channel, notice.Epoch, notice.Offset, notice.Message, notice.NoticeType));
            Assert.Single(gateway.Notices);
        }
    }

    [Fact]
    public async Task Grain_Moves_NotifiesGatewaysAndContinuesTheChannelAtItsOffset()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, _) = CreateUserAndGateways(cluster);
        var before = await left.AttachAsync(user, Connection("a"));
        await grain.NotifyAsync(new Notice("one", "info"), Token);

        await cluster.DeactivateAsync(grain);
        await left.Received.UntilMovedAsync(ChannelName.For(user), Token);
        var after = await left.AttachAsync(user, Connection("a"));

        Assert.Equal((before.Epoch, 1), (after.Epoch, after.Offset));
        Assert.Equal("a", Names(await grain.GetAsync(Token)));
        Assert.Equal(1, await grain.NotifyAsync(new Notice("two", "info"), Token));
        Assert.Equal(2, (await left.Received.NextAsync<AdminNotice>(notice => notice.Message == "two", Token)).Offset);
    }

    [Fact]
    public async Task Gateway_Dies_ItsUsersGoOfflineAndOthersStay()
    {
        await using var cluster = await StartAsync();
        var (user, grain, dies, lives) = CreateUserAndGateways(cluster);
        await dies.StartHeartbeatsAsync();
        await lives.StartHeartbeatsAsync();
        var other = UserId.New(cluster.Clock);
        await dies.AttachAsync(user, Connection("a"));
        await lives.AttachAsync(other, Connection("b"));
        var otherGrain = cluster.Grains.GetGrain<IUserConnectionGrain>(other.Value);

        dies.StopHeartbeats();

        await cluster.UntilAsync(
            async () =>
            {
                // A gateway's position check attaches again in the same way.
                await lives.AttachAsync(other, Connection("b"));
                return !(await grain.GetAsync(Token)).Online;
            },
            "the user to be offline",
            Token);
        var left = await otherGrain.GetAsync(Token);
        Assert.Equal((true, "b"), (left.Online, Names(left)));
        Assert.DoesNotContain(lives.Received.Frames.OfType<PresenceChanged>(), presence => !presence.Online);
    }

    private static string Names(UserPresence presence) => string.Join(' ', presence.Connections.Select(link => link.Id));

    private static (UserId User, IUserConnectionGrain Grain, TestGateway Left, TestGateway Right) CreateUserAndGateways(
        JubileeCluster cluster)
    {
        var user = UserId.New(cluster.Clock);
        return (user, cluster.Grains.GetGrain<IUserConnectionGrain>(user.Value), new(cluster), new(cluster));
    }

    private Task<JubileeCluster> StartAsync(params (string Key, string Value)[] settings) => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
        settings: settings.Append(("Limits:Enabled", "false")).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2),
        cancellationToken: Token);
}
