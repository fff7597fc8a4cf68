using System.Net;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>What a queue says of the silos that work for it.</summary>
public sealed class QueueWorkersTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkersAsync_AJobRuns_TellsItsSiloWithSlotsAndVersion()
    {
        var model = new ScriptedChatClient("Amen.").HangAfter(0);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Wait", Token);
        await model.Hanging.WaitAsync(Token);

        var worker = Assert.Single(await cluster.ReplyQueue.WorkersAsync(Token));

        model.Release();
        await conversation.EndOfAsync(reply.Id, Token);
        Assert.Equal(
            new QueueWorker(cluster.Silos.Silos[0].SiloAddress.ToParsableString(), 10, 1, worker.LastHeard, ProgramVersion.Text), worker);
        Assert.InRange(worker.LastHeard, DateTimeOffset.UnixEpoch.AddDays(1), cluster.Clock.GetUtcNow());
    }

    [Fact]
    public async Task WorkersAsync_SilosOfOtherVersions_TellsWhatEachHasSaid()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Amen."));
        var newer = WorkerAt(port: 1);
        var older = WorkerAt(port: 2);

        await cluster.ReplyQueue.PollAsync(new WorkerPoll(newer, 1, Slots: 0, [], "9.8.7"), Token);
        await cluster.ReplyQueue.PollAsync(new WorkerPoll(older, 1, Slots: 0, [], Version: null), Token);

        var versions = (await cluster.ReplyQueue.WorkersAsync(Token)).ToDictionary(worker => worker.Worker, worker => worker.Version);
        Assert.Equal("9.8.7", versions[newer]);
        Assert.Null(versions[older]);
    }

    [Fact]
    public async Task PollAsync_PartialOfAWorkerThatTheQueueDoesNotKnow_AsksForItsListAtOnce()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Amen."));
        var poll = new WorkerPoll(WorkerAt(port: 1), 1, Slots: 1, [], "9.8.7") { IsPartial = true };

        var unknown = await cluster.ReplyQueue.PollAsync(poll, Token);
        await cluster.ReplyQueue.PollAsync(poll with { IsPartial = false }, Token);
        var known = await cluster.ReplyQueue.PollAsync(poll, Token);

        Assert.Equal((true, false), (unknown.NeedsList, known.NeedsList));
    }

    private static string WorkerAt(int port) => SiloAddress.New(IPAddress.Loopback, port, 1).ToParsableString();

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model) => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
