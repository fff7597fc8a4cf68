using System.Net;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

/// <summary>The workers of a queue: the silos that run its jobs.</summary>
public sealed class QueueWorkersTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkersAsync_RunningJob_ReturnsItsSiloWithSlotsAndVersion()
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
            new QueueWorker(cluster.Silos.Silos[0].SiloAddress.ToParsableString(), 10, 1, worker.LastSeenAt, ProgramVersion.Text), worker);
        Assert.InRange(worker.LastSeenAt, DateTimeOffset.UnixEpoch.AddDays(1), cluster.Clock.GetUtcNow());
    }

    [Fact]
    public async Task WorkersAsync_SilosOfOtherVersions_ReturnsTheVersionOfEach()
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
    public async Task PollAsync_PartialPollOfAnUnknownWorker_RequestsAFullPoll()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Amen."));
        var poll = new WorkerPoll(WorkerAt(port: 1), 1, Slots: 1, [], "9.8.7") { IsPartial = true };

        var unknown = await cluster.ReplyQueue.PollAsync(poll, Token);
        await cluster.ReplyQueue.PollAsync(poll with { IsPartial = false }, Token);
        var known = await cluster.ReplyQueue.PollAsync(poll, Token);

        Assert.Equal((true, false), (unknown.NeedsFullPoll, known.NeedsFullPoll));
    }

    [Fact]
    public async Task PollAsync_ManyJobsAndSlots_GrantsOneMessageAtMostAndTheRestToLaterPolls()
    {
        const int slots = 250;
        var hangs = new ScriptedProcessor { Script = (_, stopping) => new TaskCompletionSource<JobOutcome>().Task.WaitAsync(stopping) };
        await using var queues = await QueueCluster.StartAsync(
            store, Token, options => (options.ConcurrencyPerSilo, options.StartsPerSecond) = (slots, 10_000), hangs);
        var jobs = Enumerable.Range(0, 2 * slots).Select(i => new NewJob($"job {i}", new string('x', Job.MaxPayloadBytes)));
        foreach (var chunk in jobs.Chunk(100))
            await queues.Intake.AddAsync([.. chunk], Token);
        var poll = new WorkerPoll(WorkerAt(port: 1), 1, WorkerPoll.UnlimitedSlots, [], "9.8.7");

        var granted = new HashSet<JobId>();
        var most = 0;
        await queues.Cluster.UntilAsync(
            async () =>
            {
                var grants = (await queues.Queue.PollAsync(poll with { IsPartial = granted.Count > 0 }, Token)).Grants;
                most = Math.Max(most, grants.Length);
                Assert.All(grants, grant => Assert.True(granted.Add(grant.Job.Id)));
                return granted.Count == slots;
            },
            "all slots taken",
            Token);

        Assert.Equal(PollResult.MaxGrants, most);
    }

    [Fact]
    public async Task PollAsync_OneSlotWhileAnotherPollWaits_GrantsAtMostOne()
    {
        await using var queues = await QueueCluster.StartAsync(store, Token);
        await queues.Queue.PauseAsync(Token);
        await queues.Intake.AddAsync([.. Enumerable.Range(0, 20).Select(i => new NewJob($"job {i}", "{}"))], Token);
        var poll = queues.Queue.PollAsync(new WorkerPoll(WorkerAt(port: 1), 1, Slots: 1, [], "9.8.7"), Token);

        await queues.Queue.ResumeAsync(Token);

        Assert.InRange((await poll).Grants.Length, 0, 1);
    }

    private static string WorkerAt(int port) => SiloAddress.New(IPAddress.Loopback, port, 1).ToParsableString();

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model) => JubileeCluster.StartAsync(
        store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
