using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>What befalls a reply's job on its way: lost calls, workers that stop, queues that move, ends that nobody says.</summary>
public sealed class JobFailureTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStoppedWorkerThatWakes_IsRefused_AndTheAnswerIsThereOnce()
    {
        var polls = new CallFault(nameof(IQueueGrain.PollAsync), int.MaxValue);
        await using var cluster = await StartAsync(new ScriptedChatClient("Real."), polls);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);
        var ghost = new GhostWorker(cluster, generation: 1);
        var grant = await ghost.TakeAsync(Token);
        await conversation.Grain.BeginReplyAsync(reply.Id, grant.Lease, grant.Attempt, Token);
        Assert.True((await conversation.Grain.AppendReplyAsync(reply.Id, grant.Lease, 0, "Ghost ")).Accepted);

        polls.Heal();
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        var usage = new TokenUsage("ghost", 1, 1);
        Assert.Contains(await ghost.WakeAsync(grant, Token), revoked => revoked.Id == grant.Job.Id);
        Assert.False((await conversation.Grain.AppendReplyAsync(reply.Id, grant.Lease, 6, "talk.")).Accepted);
        Assert.False((await conversation.Grain.CompleteReplyAsync(new CompleteReply(reply.Id, grant.Lease, 1, "Ghost talk.", null, usage), Token)).Stands);
        Assert.False(await cluster.ReplyQueue.ReportAsync(new JobReport(grant.Job.Id, grant.Lease, JobOutcomeKind.Completed), Token));
        Assert.Equal("Real.", end.Text);
        Assert.Equal(["Go", "Real."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task AJobThatKillsItsProcess_EndsAfterTheLimit_AndItsReplyIsTold()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Never."), new CallFault(nameof(IQueueGrain.PollAsync), int.MaxValue));
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Boom", Token);

        var first = await new GhostWorker(cluster, generation: 1).TakeAsync(Token);
        var second = await new GhostWorker(cluster, generation: 2).TakeAsync(Token);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal((1, 1), (first.Attempt, second.Attempt));
        Assert.True(second.Lease > first.Lease);
        Assert.Equal(ReplyStatus.Failed, end.Status);
        await conversation.EndOfAsync(reply.Id, Token);
        Assert.Single(conversation.Gateway.Frames.OfType<ReplyFailed>());
        var job = await cluster.Grains.GetGrain<IQueueQueries>(0).FindAsync(QueueNames.AiResponse, JobId.Of(reply.Id), Token);
        Assert.Equal("Its worker was lost 2 times.", job?.Failure);
    }

    [Fact]
    public async Task ALostOffer_IsFoundByTheSweep()
    {
        var fault = new CallFault(nameof(IQueueGrain.OfferAsync), int.MaxValue);
        await using var cluster = await StartAsync(new ScriptedChatClient("Found."), fault);
        await cluster.ReplyQueue.GetAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Anybody?", Token);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal((ReplyStatus.Completed, "Found."), (end.Status, end.Text));
        Assert.True(fault.Lost > 0);
    }

    [Fact]
    public async Task AMovedQueue_RunsNothingTwice_AndGoesOn()
    {
        var model = new ScriptedChatClient("One ", "two.").HangAfter(1);
        await using var cluster = await StartAsync(model);
        var first = await cluster.StartConversationAsync(Token);
        var running = await first.AskAsync("Run", Token);
        await first.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == running.Id, Token);

        await cluster.DeactivateAsync(cluster.ReplyQueue);
        var second = await cluster.StartConversationAsync(Token);
        var waiting = await second.AskAsync("Wait", Token);
        await second.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == waiting.Id, Token);
        model.Release();

        Assert.Equal("One two.", (await first.UntilEndedAsync(running.Id, Token)).Text);
        Assert.Equal("One two.", (await second.UntilEndedAsync(waiting.Id, Token)).Text);
        Assert.Equal(2, model.Calls.Count);
    }

    [Fact]
    public async Task AnEndWithoutAWorker_ByRemoval_IsToldUntilTheConversationHasHeardIt()
    {
        var fault = new CallFault("ReplyJobEndedAsync", 2);
        await using var cluster = await StartAsync(new ScriptedChatClient("Never."), fault);
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);

        Assert.True(await cluster.ReplyQueue.CancelAsync(JobId.Of(reply.Id), Token));
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal(ReplyStatus.Cancelled, end.Status);
        Assert.Equal(2, fault.Lost);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task AnEndWithoutAWorker_ByDeadline_IsTold()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Never."), deadline: TimeSpan.FromSeconds(5));
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Go", Token);

        Assert.Equal(ReplyStatus.Failed, (await conversation.UntilEndedAsync(reply.Id, Token)).Status);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task ACancelThatTheQueueForgets_StopsTheRunAtItsNextWord()
    {
        var model = new ScriptedChatClient("Half", " and half") { NeverEnds = true }.HangAfter(1);
        var fault = new CallFault(nameof(IQueueGrain.CancelAsync), int.MaxValue);
        await using var cluster = await StartAsync(model, fault);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == reply.Id, Token);

        await conversation.Grain.CancelReplyAsync(conversation.User, reply.Id, Token);
        await cluster.DeactivateAsync(cluster.ReplyQueue);
        model.Release();
        await cluster.UntilAsync(
            async () => await cluster.ReplyQueue.StandingAsync(JobId.Of(reply.Id), Token) is null, "the end of the run", Token);

        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Cancelled, "Half"), (end.Status, end.Text));
        Assert.Equal(1, fault.Lost);
        Assert.Single(model.Calls);
    }

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model, CallFault? fault = null, TimeSpan? deadline = null) =>
        JubileeCluster.StartAsync(
            store,
            services =>
            {
                services.AddSingleton<IChatModelSource>(new ScriptedModels(model));
                if (fault is not null)
                    services.AddSingleton<IOutgoingGrainCallFilter>(fault);
            },
            settings: new()
            {
                ["Limits:Enabled"] = "false",
                // Hours, or the silence of a model that hangs would end a run before what a test is about does.
                ["Ai:Timeouts:Idle"] = "01:00:00",
                ["Ai:Timeouts:Total"] = "01:00:00",
                ["Queues:AiResponse:Deadline"] = $"{deadline ?? TimeSpan.FromMinutes(15)}",
            },
            cancellationToken: Token);
}
