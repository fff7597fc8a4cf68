using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>Failures of a reply's job: lost calls, suspended and dead workers, moved queues, ends without a worker.</summary>
public sealed class JobFailureTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompleteReplyAsync_WorkerResumesAfterItsLeaseExpired_IsRejectedAndTheReplyIsStoredOnce()
    {
        var polls = new CallFault(nameof(IQueueGrain.PollAsync), int.MaxValue);
        await using var cluster = await StartAsync(new ScriptedChatClient("Real."), polls);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);
        var suspended = new SuspendedWorker(cluster, generation: 1);
        var grant = await suspended.AcquireJobAsync(Token);
        await conversation.Grain.BeginReplyAsync(reply.Id, grant.Lease, grant.Attempt, Token);
        Assert.True((await conversation.Grain.AppendReplyAsync(reply.Id, grant.Lease, 0, "Ghost ")).Accepted);

        polls.Heal();
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        var usage = new TokenUsage("ghost", 1, 1);
        Assert.Contains(await suspended.ResumeAsync(grant, Token), revoked => revoked.Id == grant.Job.Id);
        Assert.False((await conversation.Grain.AppendReplyAsync(reply.Id, grant.Lease, 6, "talk.")).Accepted);
        var completion = new CompleteReply(reply.Id, grant.Lease, 1, "Ghost talk.", null, usage);
        Assert.False((await conversation.Grain.CompleteReplyAsync(completion, Token)).Accepted);
        Assert.False(await cluster.ReplyQueue.ReportAsync(new JobReport(grant.Job.Id, grant.Lease, JobOutcomeKind.Completed), Token));
        Assert.Equal("Real.", end.Text);
        Assert.Equal(["Go", "Real."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task Job_TwoWorkersDieWithIt_FailsAndPublishesReplyFailedOnce()
    {
        await using var cluster = await StartAsync(
            new ScriptedChatClient("Never."), new CallFault(nameof(IQueueGrain.PollAsync), int.MaxValue));
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Boom", Token);

        var first = await new SuspendedWorker(cluster, generation: 1).AcquireJobAsync(Token);
        var second = await new SuspendedWorker(cluster, generation: 2).AcquireJobAsync(Token);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal((1, 1), (first.Attempt, second.Attempt));
        Assert.True(second.Lease > first.Lease);
        Assert.Equal(ReplyStatus.Failed, end.Status);
        await conversation.EndOfAsync(reply.Id, Token);
        Assert.Single(conversation.Gateway.Frames.OfType<ReplyFailed>());
        var job = await cluster.Grains.GetGrain<IQueueQueriesGrain>(0).FindAsync(QueueNames.AiResponse, JobId.From(reply.Id), Token);
        Assert.Equal("The job's worker was lost 2 times.", job?.Failure);
    }

    [Fact]
    public async Task OfferAsync_CallIsLost_SweepFindsTheJob()
    {
        var fault = new CallFault(nameof(IQueueGrain.OfferAsync), int.MaxValue);
        await using var cluster = await StartAsync(new ScriptedChatClient("Found."), fault);
        await cluster.ReplyQueue.GetAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Anybody?", Token);
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal((ReplyStatus.Completed, "Found."), (end.Status, end.Text));
        Assert.True(fault.LostCalls > 0);
    }

    [Fact]
    public async Task Queue_MovesWhileAJobRuns_RunsNoJobTwiceAndContinues()
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
    public async Task CancelAsync_NotificationsOfTheEndAreLost_AreRepeatedUntilAcknowledged()
    {
        var fault = new CallFault("ReplyJobEndedAsync", 2);
        await using var cluster = await StartAsync(new ScriptedChatClient("Never."), fault);
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);

        Assert.True(await cluster.ReplyQueue.CancelAsync(JobId.From(reply.Id), Token));
        var end = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal(ReplyStatus.Cancelled, end.Status);
        Assert.Equal(2, fault.LostCalls);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task Job_DeadlinePassesWhileItWaits_NotifiesTheConversation()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Never."), deadline: TimeSpan.FromSeconds(5));
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Go", Token);

        Assert.Equal(ReplyStatus.Failed, (await conversation.UntilEndedAsync(reply.Id, Token)).Status);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task CancelReplyAsync_QueueLosesTheCancellation_StopsTheRunAtItsNextAppend()
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
            async () => await cluster.ReplyQueue.GetJobStatusAsync(JobId.From(reply.Id), Token) is null, "the end of the run", Token);

        var end = await conversation.UntilEndedAsync(reply.Id, Token);
        Assert.Equal((ReplyStatus.Cancelled, "Half"), (end.Status, end.Text));
        Assert.Equal(1, fault.LostCalls);
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
                // The timeouts are an hour, because the silence of a hanging model would otherwise end a run before the tested failure.
                ["Ai:Timeouts:Idle"] = "01:00:00",
                ["Ai:Timeouts:Total"] = "01:00:00",
                ["Queues:AiResponse:Deadline"] = $"{deadline ?? TimeSpan.FromMinutes(15)}",
            },
            cancellationToken: Token);
}
