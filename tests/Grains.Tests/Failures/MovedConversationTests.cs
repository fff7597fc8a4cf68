using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>Conversations that come to another silo, and gateways that follow them: nobody stays with a ghost.</summary>
public sealed class MovedConversationTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConversationThatReactivates_WithAnOpenReply_TellsAllGateways()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("One ", "two.").HangAfter(1));
        var elsewhere = await RegisterAsync(cluster);
        var conversation = await cluster.StartConversationAsync(Token);
        var channel = ChannelName.Of(conversation.Id);
        var reply = await conversation.AskAsync("Count", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == reply.Id, Token);
        Assert.DoesNotContain(elsewhere.Moved, moved => moved.Channel == channel);

        await cluster.DeactivateAsync(conversation.Grain);
        await conversation.Grain.GetReplyAsync(conversation.User, reply.Id, Token);

        await elsewhere.UntilMovedAsync(channel, Token);
        await conversation.Gateway.UntilMovedAsync(channel, Token);
    }

    [Fact]
    public async Task AConversationThatReactivates_WithNothingOpen_TellsAllGatewaysWhenItSpeaks()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Yes."));
        var elsewhere = await RegisterAsync(cluster);
        var conversation = await cluster.StartConversationAsync(Token);
        var first = await conversation.AskAsync("One?", Token);
        await conversation.EndOfAsync(first.Id, Token);
        await cluster.DeactivateAsync(conversation.Grain);
        var channel = ChannelName.Of(conversation.Id);
        Assert.DoesNotContain(elsewhere.Moved, moved => moved.Channel == channel);

        await conversation.AskAsync("Two?", Token);

        await elsewhere.UntilMovedAsync(channel, Token);
    }

    [Fact]
    public async Task ASiloThatDies_ItsChannelsFollowersAreToldWhereTheReplyGoesOn()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").HangAfter(2);
        await using var cluster = await StartAsync(model, silos: 3);
        var (conversation, reply) = await AskWithHostOtherThanFirstAsync(cluster);
        Open(cluster, conversation.Subscription);
        var host = await cluster.HostOfAsync(conversation.Grain, Token);
        var dead = Outboxes(cluster, host).Silo;

        await cluster.KillAsync(host);
        model.Release();
        await conversation.Gateway.UntilMovedAsync(ChannelName.Of(conversation.Id), teller => teller != dead, Token);

        Assert.NotEqual(dead, (await conversation.AttachAgainAsync(2)).Silo);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Completed, "One two three."), (end.Status, end.Text));
    }

    /// <summary>
    /// The word is the leaving silo's own: the one that has the channel next would tell as well, but later. The follower is one that it reaches
    /// over another silo, as Orleans forgets a leaving silo's own clients before its grains go.
    /// </summary>
    [Fact]
    public async Task ASiloThatLeaves_TellsItsChannelsFollowersBeforeItGoes()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").HangAfter(2);
        await using var cluster = await StartAsync(model, silos: 3);
        var (conversation, reply) = await AskWithHostOtherThanFirstAsync(cluster);
        var host = await cluster.HostOfAsync(conversation.Grain, Token);
        var leaving = Outboxes(cluster, host).Silo;
        var follower = new RecordingGateway();
        var elsewhere = cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();
        await conversation.Grain.AttachAsync(
            new GatewaySubscription(GatewayId.New(cluster.Clock), 1, elsewhere.CreateObjectReference<IGatewayObserver>(follower)));

        var stopped = cluster.StopAsync(host);
        await follower.UntilMovedAsync(ChannelName.Of(conversation.Id), teller => teller == leaving, Token);
        var attachment = await conversation.AttachAgainAsync(2);
        model.Release();

        Assert.NotEqual(leaving, attachment.Silo);
        Assert.Equal(reply.Id, Assert.Single(attachment.Replies).ReplyId);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Completed, "One two three."), (end.Status, end.Text));
        await stopped;
    }

    [Fact]
    public async Task AGatewayThatSaysThatItLives_IsKnownToEverySiloWithinSeconds()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Yes."), silos: 2);
        var gateway = new RecordingGateway();
        var subscription = Subscription(cluster, gateway);
        await cluster.RegisterAsync(subscription, Token);
        var probe = new ReplyStarted(new ChannelName("conversation:probe"), ReplyId.New(cluster.Clock), 1, 1);

        foreach (var silo in cluster.Silos.Silos)
        {
            var outboxes = Outboxes(cluster, silo.SiloAddress);
            await cluster.UntilAsync(
                () => Task.FromResult(outboxes.TrySend(subscription.Gateway, probe)), $"a way from {silo.Name} to the gateway", Token);
        }

        await gateway.UntilAsync(frames => frames.Count == 2, Token);
    }

    /// <summary>A conversation whose reply runs, placed away from the silo that the test's client would lose with it.</summary>
    private static async Task<(TestConversation Conversation, Reply Reply)> AskWithHostOtherThanFirstAsync(JubileeCluster cluster)
    {
        var conversation = await cluster.StartConversationAsync(Token);
        for (var tries = 1; (await cluster.HostOfAsync(conversation.Grain, Token)).Equals(cluster.Silos.Silos[0].SiloAddress); tries++)
        {
            Assert.True(tries < 50, "Fifty conversations in a row were placed on the first of three silos.");
            conversation = await cluster.StartConversationAsync(Token);
        }

        var reply = await conversation.AskAsync("Count", Token);
        await conversation.Gateway.UntilAsync(
            frames => string.Concat(frames.OfType<ReplyDelta>().Select(frame => frame.Text)) == "One two ", Token);
        return (conversation, reply);
    }

    /// <summary>A gateway that each silo has a way to, as seconds after its first heartbeat.</summary>
    private static async Task<RecordingGateway> RegisterAsync(JubileeCluster cluster)
    {
        var gateway = new RecordingGateway();
        var subscription = Subscription(cluster, gateway);
        await cluster.RegisterAsync(subscription, Token);
        Open(cluster, subscription);
        return gateway;
    }

    private static void Open(JubileeCluster cluster, GatewaySubscription gateway)
    {
        foreach (var silo in cluster.Silos.Silos)
            Outboxes(cluster, silo.SiloAddress).Open(gateway.Gateway, gateway.Observer);
    }

    private static GatewayOutboxes Outboxes(JubileeCluster cluster, SiloAddress silo) =>
        cluster.Silos.GetSiloServiceProvider(silo).GetRequiredService<GatewayOutboxes>();

    private static GatewaySubscription Subscription(JubileeCluster cluster, RecordingGateway gateway) =>
        new(GatewayId.New(cluster.Clock), 1, cluster.Grains.CreateObjectReference<IGatewayObserver>(gateway));

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model, short silos = 1) => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
        silos,
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
