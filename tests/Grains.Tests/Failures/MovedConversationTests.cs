using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>Conversations that are activated on another silo, and the gateways that must follow them there.</summary>
public sealed class MovedConversationTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversation_ReactivatesWithAnOpenReply_NotifiesAllGateways()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("One ", "two.").HangAfter(1));
        var elsewhere = await RegisterAsync(cluster);
        var conversation = await cluster.StartConversationAsync(Token);
        var channel = ChannelName.For(conversation.Id);
        var reply = await conversation.AskAsync("Count", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == reply.Id, Token);
        Assert.DoesNotContain(elsewhere.Moved, moved => moved.Channel == channel);

        await cluster.DeactivateAsync(conversation.Grain);
        await conversation.Grain.GetReplyAsync(conversation.User, reply.Id, Token);

        await elsewhere.UntilMovedAsync(channel, Token);
        await conversation.Gateway.UntilMovedAsync(channel, Token);
    }

    [Fact]
    public async Task Conversation_ReactivatesWithoutAnOpenReply_NotifiesAllGatewaysWithItsNextFrame()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Yes."));
        var elsewhere = await RegisterAsync(cluster);
        var conversation = await cluster.StartConversationAsync(Token);
        var first = await conversation.AskAsync("One?", Token);
        await conversation.EndOfAsync(first.Id, Token);
        await cluster.DeactivateAsync(conversation.Grain);
        var channel = ChannelName.For(conversation.Id);
        Assert.DoesNotContain(elsewhere.Moved, moved => moved.Channel == channel);

        await conversation.AskAsync("Two?", Token);

        await elsewhere.UntilMovedAsync(channel, Token);
    }

    [Fact]
    public async Task Conversation_ItsSiloDies_NewActivationNotifiesTheFollowers()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").HangAfter(2);
        await using var cluster = await StartAsync(model, silos: 3);
        var (conversation, reply) = await AskWithHostOtherThanFirstAsync(cluster);
        Open(cluster, conversation.Subscription);
        var host = await cluster.FindHostAsync(conversation.Grain, Token);
        var dead = Outboxes(cluster, host).Silo;

        await cluster.KillAsync(host);
        model.Release();
        await conversation.Gateway.UntilMovedAsync(ChannelName.For(conversation.Id), notifier => notifier != dead, Token);

        Assert.NotEqual(dead, (await conversation.AttachAgainAsync(2)).Silo);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Completed, "One two three."), (end.Status, end.Text));
    }

    /// <summary>
    /// The leaving silo itself sends the notification; the next owner of the channel would send one as well, but later. The follower is
    /// reached through another silo, because Orleans drops a leaving silo's own clients before it deactivates its grains.
    /// </summary>
    [Fact]
    public async Task Conversation_ItsSiloStops_NotifiesTheFollowersBeforeTheSiloLeaves()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").HangAfter(2);
        await using var cluster = await StartAsync(model, silos: 3);
        var (conversation, reply) = await AskWithHostOtherThanFirstAsync(cluster);
        var host = await cluster.FindHostAsync(conversation.Grain, Token);
        var leaving = Outboxes(cluster, host).Silo;
        var follower = new RecordingGateway();
        var elsewhere = cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();
        await conversation.Grain.AttachAsync(
            new GatewaySubscription(GatewayId.New(cluster.Clock), 1, elsewhere.CreateObjectReference<IGatewayObserver>(follower)));

        var stopped = cluster.StopAsync(host);
        await follower.UntilMovedAsync(ChannelName.For(conversation.Id), notifier => notifier == leaving, Token);
        var attachment = await conversation.AttachAgainAsync(2);
        model.Release();

        Assert.NotEqual(leaving, attachment.Silo);
        Assert.Equal(reply.Id, Assert.Single(attachment.Replies).ReplyId);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Completed, "One two three."), (end.Status, end.Text));
        await stopped;
    }

    [Fact]
    public async Task RegisterAsync_NewGateway_EverySiloCanSendToItWithinSeconds()
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
                () => Task.FromResult(outboxes.TrySend(subscription.Gateway, probe)), $"an outbox on {silo.Name} to the gateway", Token);
        }

        await gateway.UntilAsync(frames => frames.Count == 2, Token);
    }

    /// <summary>
    /// A conversation with a running reply on a silo other than the first, because the test's client is connected through the first silo.
    /// </summary>
    private static async Task<(TestConversation Conversation, Reply Reply)> AskWithHostOtherThanFirstAsync(JubileeCluster cluster)
    {
        var conversation = await cluster.StartConversationAsync(Token);
        var first = cluster.Silos.Silos[0].SiloAddress;
        for (var attempts = 1; (await cluster.FindHostAsync(conversation.Grain, Token)).Equals(first); attempts++)
        {
            Assert.True(attempts < 50, "Fifty conversations in a row were placed on the first of three silos.");
            conversation = await cluster.StartConversationAsync(Token);
        }

        var reply = await conversation.AskAsync("Count", Token);
        await conversation.Gateway.UntilAsync(
            frames => string.Concat(frames.OfType<ReplyDelta>().Select(frame => frame.Text)) == "One two ", Token);
        return (conversation, reply);
    }

    /// <summary>Registers a gateway and opens an outbox to it on each silo, as happens within seconds of its first heartbeat.</summary>
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
