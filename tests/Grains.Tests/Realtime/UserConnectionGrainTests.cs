using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using static JubileeVerse.Grains.Tests.Realtime.UserLinks;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>A person's links over several gateways, and what is told on their channel.</summary>
public sealed class UserConnectionGrainTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttachAsync_AtTwoGateways_IsOneListAndOnePresence()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = People(cluster);
        Assert.False((await grain.GetAsync(Token)).Online);

        await left.AttachAsync(user, Link("first", 1), Link("third", 3));
        await right.AttachAsync(user, Link("second", 2));

        var presence = await grain.GetAsync(Token);
        Assert.Equal((true, "first second third"), (presence.Online, Names(presence)));
        Assert.True((await left.Heard.NextAsync<Presence>(_ => true, Token)).Online);

        await left.AttachAsync(user, Link("third", 3));
        Assert.Equal("second third", Names(await grain.GetAsync(Token)));
        Assert.Single(left.Heard.Frames.OfType<Presence>());
    }

    [Fact]
    public async Task DetachAsync_OfAllGateways_IsToldAfterAWhileAndOnce()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = People(cluster);
        await left.AttachAsync(user, Link("a"));
        await right.AttachAsync(user, Link("b"));
        await left.AttachAsync(user);
        await right.DetachAsync(user);

        var now = await grain.GetAsync(Token);
        Assert.Equal((true, ""), (now.Online, Names(now)));
        await left.Heard.NextAsync<Presence>(presence => !presence.Online, Token);

        Assert.False((await grain.GetAsync(Token)).Online);
        Assert.Equal([true, false], left.Heard.Frames.OfType<Presence>().Select(presence => presence.Online));
    }

    [Fact]
    public async Task AttachAsync_OneLinkTooMany_TheOldestIsClosedWhereverItIsAndAgainUntilItHasGone()
    {
        await using var cluster = await StartAsync(("Realtime:LinksPerUser", "3"));
        var (user, grain, left, right) = People(cluster);
        await left.AttachAsync(user, Link("oldest", 1), Link("young", 3));
        await right.AttachAsync(user, Link("second", 2));
        await right.AttachAsync(user, Link("second", 2), Link("youngest", 4));

        var close = await left.Heard.NextAsync<CloseLinks>(_ => true, Token);
        Assert.Equal((ChannelName.Of(user), UserConnectionGrain.TooManyLinks, null), (close.Channel, close.Code, close.Session));
        Assert.Equal(["oldest"], close.LinkIds);

        await right.AttachAsync(user, Link("second", 2), Link("youngest", 4));
        await left.Heard.UntilAsync(_ => left.Closings.Count() == 2, Token);
        await left.AttachAsync(user, Link("young", 3));
        await right.AttachAsync(user, Link("second", 2), Link("youngest", 4));

        Assert.Equal("second young youngest", Names(await grain.GetAsync(Token)));
        Assert.Equal(2, left.Closings.Count());
        Assert.Empty(right.Closings);
    }

    [Fact]
    public async Task CloseAsync_OfASession_SaysHowManyAndTellsEachGatewayAlsoLater()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = People(cluster);
        await left.AttachAsync(user, Link("a", session: "ends"), Link("b", session: "stays"));
        await right.AttachAsync(user, Link("c", session: "ends"));

        Assert.Equal(2, await grain.CloseAsync(4201, "ends", Token));

        foreach (var gateway in new[] { left, right })
        {
            var close = await gateway.Heard.NextAsync<CloseLinks>(_ => true, Token);
            Assert.Equal((4201, "ends", true), (close.Code, close.Session, close.LinkIds.IsDefaultOrEmpty));
        }

        // The word was lost, or the link came after it.
        await right.AttachAsync(user, Link("c", session: "ends"), Link("d", session: "ends"), Link("e", session: "new"));
        var again = await right.Heard.NextAsync<CloseLinks>(close => !close.LinkIds.IsDefaultOrEmpty, Token);
        Assert.Equal((4201, null), (again.Code, again.Session));
        Assert.Equal(["c", "d"], again.LinkIds);
    }

    [Fact]
    public async Task CloseAsync_ALinkThatAMovedGrainDoesNotKnowYet_IsClosedWhenItIsNamed()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, _) = People(cluster);
        await left.AttachAsync(user, Link("a"));
        await cluster.DeactivateAsync(grain);

        Assert.Equal(0, await grain.CloseAsync(4301, null, Token));
        await left.AttachAsync(user, Link("a"));

        Assert.Equal(["a"], (await left.Heard.NextAsync<CloseLinks>(close => close.Code == 4301, Token)).LinkIds);
    }

    [Fact]
    public async Task NotifyAsync_ToNobody_IsZeroAndKeptAndToTwoGatewaysOnceEach()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, right) = People(cluster);
        Assert.Equal(0, await grain.NotifyAsync(new Notice("unheard", "info"), Token));

        var attachment = await left.AttachAsync(user, Link("a"), Link("b"));
        await right.AttachAsync(user, Link("c"));
        Assert.Equal((1, 3), (attachment.Offset, await grain.NotifyAsync(new Notice("heard", "warning"), Token)));

        foreach (var gateway in new[] { left, right })
        {
            var notice = await gateway.Heard.NextAsync<AdminNotice>(_ => true, Token);
            Assert.Equal((ChannelName.Of(user), attachment.Epoch, 2, "heard", "warning"), (notice.Channel, notice.Epoch, notice.Offset, notice.Message, notice.NoticeType));
            Assert.Single(gateway.Notices);
        }
    }

    [Fact]
    public async Task AMove_GatewaysAreToldAndTheChannelGoesOnWhereItWas()
    {
        await using var cluster = await StartAsync();
        var (user, grain, left, _) = People(cluster);
        var before = await left.AttachAsync(user, Link("a"));
        await grain.NotifyAsync(new Notice("one", "info"), Token);

        await cluster.DeactivateAsync(grain);
        await left.Heard.UntilMovedAsync(ChannelName.Of(user), Token);
        var after = await left.AttachAsync(user, Link("a"));

        Assert.Equal((before.Epoch, 1), (after.Epoch, after.Offset));
        Assert.Equal("a", Names(await grain.GetAsync(Token)));
        Assert.Equal(1, await grain.NotifyAsync(new Notice("two", "info"), Token));
        Assert.Equal(2, (await left.Heard.NextAsync<AdminNotice>(notice => notice.Message == "two", Token)).Offset);
    }

    [Fact]
    public async Task AGatewayThatDies_ItsPeopleGoOfflineAndOthersStay()
    {
        await using var cluster = await StartAsync();
        var (user, grain, dies, lives) = People(cluster);
        await dies.BeginAsync();
        await lives.BeginAsync();
        var other = UserId.New(cluster.Clock);
        await dies.AttachAsync(user, Link("a"));
        await lives.AttachAsync(other, Link("b"));
        var otherGrain = cluster.Grains.GetGrain<IUserConnectionGrain>(other.Value);

        dies.Die();

        await cluster.UntilAsync(
            async () =>
            {
                // As its check of the position does.
                await lives.AttachAsync(other, Link("b"));
                return !(await grain.GetAsync(Token)).Online;
            },
            "the person to be offline",
            Token);
        var left = await otherGrain.GetAsync(Token);
        Assert.Equal((true, "b"), (left.Online, Names(left)));
        Assert.DoesNotContain(lives.Heard.Frames.OfType<Presence>(), presence => !presence.Online);
    }

    private static string Names(UserPresence presence) => string.Join(' ', presence.Links.Select(link => link.Id));

    private static (UserId User, IUserConnectionGrain Grain, ListeningGateway Left, ListeningGateway Right) People(JubileeCluster cluster)
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
