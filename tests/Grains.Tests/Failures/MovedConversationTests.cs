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
        Assert.Empty(elsewhere.Moved);

        await cluster.Silos.DeactivateAsync(conversation.Grain);
        await conversation.Grain.GetReplyAsync(conversation.User, reply.Id, Token);

        await elsewhere.UntilMovedAsync(channel, 1, Token);
        await conversation.Gateway.UntilMovedAsync(channel, 1, Token);
    }

    [Fact]
    public async Task AConversationThatReactivates_WithNothingOpen_TellsAllGatewaysWhenItSpeaks()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Yes."));
        var elsewhere = await RegisterAsync(cluster);
        var conversation = await cluster.StartConversationAsync(Token);
        var first = await conversation.AskAsync("One?", Token);
        await conversation.EndOfAsync(first.Id, Token);
        await cluster.Silos.DeactivateAsync(conversation.Grain);
        Assert.Empty(elsewhere.Moved);

        await conversation.AskAsync("Two?", Token);

        await elsewhere.UntilMovedAsync(ChannelName.Of(conversation.Id), 1, Token);
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
            var outboxes = cluster.Silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<GatewayOutboxes>();
            while (!outboxes.TrySend(subscription.Gateway, probe))
                await Task.Delay(TimeSpan.FromSeconds(1), cluster.Clock, Token);
        }

        await gateway.UntilAsync(frames => frames.Count == 2, Token);
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
            cluster.Silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<GatewayOutboxes>().Open(gateway.Gateway, gateway.Observer);
    }

    private static GatewaySubscription Subscription(JubileeCluster cluster, RecordingGateway gateway) =>
        new(GatewayId.New(cluster.Clock), 1, cluster.Grains.CreateObjectReference<IGatewayObserver>(gateway));

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model, short silos = 1) => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
        silos,
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
