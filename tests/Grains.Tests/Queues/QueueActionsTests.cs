using Dapper;
using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Failures;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Operator actions on a queue and its jobs, in a silo with a store.</summary>
public sealed class QueueActionsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    /// <summary>A queue beside that of the replies, without a listener.</summary>
    private const string Spare = ScriptedProcessor.Name;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RetryJobAsync_FailedReply_CompletesTheReply()
    {
        await using var cluster = await StartAsync(deadline: TimeSpan.FromSeconds(5));
        var (conversation, reply) = await FailOneAsync(cluster);

        var retried = await Admin(cluster).RetryJobAsync(JobId.From(reply), Token);
        var queued = await conversation.Grain.GetReplyAsync(conversation.User, reply, Token);
        await cluster.ReplyQueue.ResumeAsync(Token);
        var end = await UntilCompletedAsync(conversation, reply);
        await conversation.Gateway.NextAsync<ReplyCompleted>(frame => frame.ReplyId == reply, Token);

        Assert.Equal((JobState.Waiting, 0), (retried.State, retried.AttemptsMade));
        Assert.Equal((ReplyStatus.Queued, null), (queued.Status, queued.EndedAt));
        Assert.Equal("Said.", end.Text);
        Assert.Equal(["Go", "Said."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
        Assert.Contains(
            conversation.Gateway.Frames.SkipWhile(frame => frame is not ReplyFailed),
            frame => frame is ReplyQueued again && again.ReplyId == reply);
        await AssertRefusedAsync(() => Admin(cluster).RetryJobAsync(JobId.From(reply), Token));
    }

    [Fact]
    public async Task RetryJobAsync_ConversationUnreachable_LeavesJobAndReplyFailed()
    {
        var fault = new CallFault("ReopenReplyAsync", 1);
        await using var cluster = await StartAsync(fault, TimeSpan.FromSeconds(5));
        var (conversation, reply) = await FailOneAsync(cluster);

        await Assert.ThrowsAnyAsync<Exception>(() => Admin(cluster).RetryJobAsync(JobId.From(reply), Token));

        Assert.Equal(JobState.Failed, (await FindAsync(cluster, reply))!.State);
        Assert.Equal(ReplyStatus.Failed, (await conversation.Grain.GetReplyAsync(conversation.User, reply, Token)).Status);
        await Admin(cluster).RetryJobAsync(JobId.From(reply), Token);
        await cluster.ReplyQueue.ResumeAsync(Token);
        Assert.Equal("Said.", (await UntilCompletedAsync(conversation, reply)).Text);
    }

    [Fact]
    public async Task RetryJobAsync_DeletedConversation_IsRefused()
    {
        await using var cluster = await StartAsync(deadline: TimeSpan.FromSeconds(5));
        var (conversation, reply) = await FailOneAsync(cluster);
        await conversation.Grain.DeleteAsync(conversation.User, Token);

        await AssertRefusedAsync(() => Admin(cluster).RetryJobAsync(JobId.From(reply), Token));

        Assert.Equal(JobState.Failed, (await FindAsync(cluster, reply))!.State);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task RemoveJobAsync_WaitingReply_NotifiesTheConversationBeforeDeletingTheRow()
    {
        await using var cluster = await StartAsync();
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = (await conversation.AskAsync("Go", Token)).Id;

        var removed = await Admin(cluster).RemoveJobAsync(JobId.From(reply), Token);

        Assert.Equal(JobState.Waiting, removed.State);
        Assert.Null(await FindAsync(cluster, reply));
        Assert.Equal(ReplyStatus.Cancelled, (await conversation.Grain.GetReplyAsync(conversation.User, reply, Token)).Status);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task RemoveJobAsync_ListenerUnreachable_KeepsTheRowUntilItAcknowledges()
    {
        await using var cluster = await StartAsync(new CallFault("ReplyJobEndedAsync", 1));
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = (await conversation.AskAsync("Go", Token)).Id;

        await Assert.ThrowsAnyAsync<Exception>(() => Admin(cluster).RemoveJobAsync(JobId.From(reply), Token));

        Assert.Equal(JobState.Cancelled, (await FindAsync(cluster, reply))!.State);
        Assert.Equal(ReplyStatus.Cancelled, (await conversation.UntilEndedAsync(reply, Token)).Status);
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task SetJobPriorityAsync_WaitingJob_IsKeptByTheNextActivation()
    {
        await using var cluster = await StartAsync();
        await cluster.ReplyQueue.PauseAsync(Token);
        var earlier = await cluster.StartConversationAsync(Token);
        var later = await cluster.StartConversationAsync(Token);
        var first = (await earlier.AskAsync("First", Token)).Id;
        var second = (await later.AskAsync("Second", Token)).Id;

        var changed = await Admin(cluster).SetJobPriorityAsync(JobId.From(second), 1, Token);
        await cluster.DeactivateAsync(cluster.ReplyQueue);

        Assert.Equal(1, changed.Priority);
        Assert.Equal(1, (await cluster.ReplyQueue.GetJobStatusAsync(JobId.From(second), Token))!.Position);
        Assert.Equal(2, (await cluster.ReplyQueue.GetJobStatusAsync(JobId.From(first), Token))!.Position);
        Assert.Equal([1, 5], (await cluster.ReplyQueue.GetAsync(Token)).WaitingByPriority.Keys.Order());
        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task PromoteAndCancel_DelayedJobOfAQueue_AreStored()
    {
        await using var cluster = await StartAsync();
        var spare = cluster.Grains.GetGrain<IQueueAdminGrain>(Spare);
        await cluster.Grains.GetGrain<IQueueGrain>(Spare).PauseAsync(Token);
        var job = (await cluster.Grains.GetGrain<IQueueIntakeGrain>(Spare)
            .AddAsync([new NewJob("later", "{}") { Delay = TimeSpan.FromDays(1) }], Token)).Single().Id;

        Assert.Equal(JobState.Waiting, (await spare.PromoteJobAsync(job, Token)).State);
        await AssertRefusedAsync(() => spare.PromoteJobAsync(job, Token));
        Assert.Equal(JobState.Cancelled, (await spare.CancelJobAsync(job, Token)).State);
        Assert.Equal(JobState.Cancelled, (await spare.CancelJobAsync(job, Token)).State);
        await AssertRefusedAsync(() => spare.PromoteJobAsync(job, Token));
        await AssertRefusedAsync(() => spare.SetJobPriorityAsync(job, 1, Token));
        await AssertRefusedAsync(() => spare.CancelJobAsync(new JobId("none"), Token), ErrorCode.NotFound);
        await cluster.Grains.GetGrain<IQueueGrain>(Spare).ResumeAsync(Token);
    }

    [Fact]
    public async Task DrainAsync_QueueWithListener_NotifiesAndDeletesAllWaitingJobs()
    {
        await using var cluster = await StartAsync();
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var replies = new[] { (await conversation.AskAsync("One", Token)).Id, (await conversation.AskAsync("Two", Token)).Id };

        var status = await Admin(cluster).DrainAsync(delayed: false, Token);

        Assert.Equal((0, 0L), (status.Waiting, status.Cancelled));
        foreach (var reply in replies)
        {
            Assert.Equal(ReplyStatus.Cancelled, (await conversation.Grain.GetReplyAsync(conversation.User, reply, Token)).Status);
            Assert.Null(await FindAsync(cluster, reply));
        }

        await cluster.ReplyQueue.ResumeAsync(Token);
    }

    [Fact]
    public async Task DrainAsync_DelayedJobs_AreDeletedOnRequestAndUnknownToTheNextActivation()
    {
        await using var cluster = await StartAsync();
        var (queue, admin) = await SpareAsync(cluster);
        for (var i = 0; i < 5; i++)
            await AddAsync(cluster, IQueueIntakeGrain.MaxJobs, TimeSpan.Zero);
        await AddAsync(cluster, 2, TimeSpan.FromDays(1));

        var waiting = await admin.DrainAsync(delayed: false, Token);
        Assert.Equal((0, 2), (waiting.Waiting, waiting.Delayed));
        Assert.Equal(0, (await admin.DrainAsync(delayed: true, Token)).Delayed);

        await cluster.DeactivateAsync(queue);
        var again = await queue.GetAsync(Token);
        Assert.Equal((0, 0, 0L), (again.Waiting, again.Delayed, again.Cancelled));
        await queue.ResumeAsync(Token);
    }

    [Fact]
    public async Task CleanAsync_EndedJobs_DeletesTheOldestBeyondTheGracePeriod()
    {
        await using var cluster = await StartAsync();
        var (queue, admin) = await SpareAsync(cluster);
        var jobs = await AddAsync(cluster, 3, TimeSpan.FromDays(1));
        foreach (var job in jobs)
            await admin.CancelJobAsync(job, Token);
        await cluster.UntilAsync(async () => await CleanableAsync() == 3, "all three ends acknowledged", Token);

        Assert.Empty(await admin.CleanAsync(JobState.Cancelled, TimeSpan.FromDays(1), 1000, Token));
        Assert.Empty(await admin.CleanAsync(JobState.Failed, TimeSpan.Zero, 1000, Token));
        Assert.Equal(jobs.Take(2), await admin.CleanAsync(JobState.Cancelled, TimeSpan.Zero, 2, Token));
        Assert.Equal(1, (await queue.GetAsync(Token)).Cancelled);
        await AssertRefusedAsync(() => admin.CleanAsync(JobState.Active, TimeSpan.Zero, 1, Token), ErrorCode.InvalidRequest);
        await AssertRefusedAsync(() => admin.CleanAsync(JobState.Failed, TimeSpan.Zero, 1001, Token), ErrorCode.InvalidRequest);
        await queue.ResumeAsync(Token);

        async Task<int> CleanableAsync()
        {
            await using var connection = await store.Database.OpenAsync(Token);
            return await connection.ExecuteScalarAsync<int>(
                $"select count(*) from jobs where queue = '{Spare}' and told and state = 'cancelled'");
        }
    }

    private static async Task<(IQueueGrain Queue, IQueueAdminGrain Admin)> SpareAsync(JubileeCluster cluster)
    {
        var queue = cluster.Grains.GetGrain<IQueueGrain>(Spare);
        var admin = cluster.Grains.GetGrain<IQueueAdminGrain>(Spare);
        await queue.PauseAsync(Token);
        await admin.ObliterateAsync(force: true, Token);
        return (queue, admin);
    }

    private static async Task<JobId[]> AddAsync(JubileeCluster cluster, int count, TimeSpan delay) =>
        [.. (await cluster.Grains.GetGrain<IQueueIntakeGrain>(Spare).AddAsync(
            [.. Enumerable.Range(0, count).Select(_ => new NewJob("job", "{}") { Delay = delay })], Token)).Select(added => added.Id)];

    private static IQueueAdminGrain Admin(JubileeCluster cluster) => cluster.Grains.GetGrain<IQueueAdminGrain>(QueueNames.AiResponse);

    private static Task<JobView?> FindAsync(JubileeCluster cluster, ReplyId reply) =>
        cluster.Grains.GetGrain<IQueueQueriesGrain>(0).FindAsync(QueueNames.AiResponse, JobId.From(reply), Token);

    private static async Task AssertRefusedAsync(Func<Task> action, ErrorCode code = ErrorCode.JobStateConflict) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<JubileeException>(action)).Code);

    /// <summary>Pauses the queue and posts a message, so that the job of its reply fails at the deadline.</summary>
    private static async Task<(TestConversation Conversation, ReplyId Reply)> FailOneAsync(JubileeCluster cluster)
    {
        await cluster.ReplyQueue.PauseAsync(Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = (await conversation.AskAsync("Go", Token)).Id;
        Assert.Equal(ReplyStatus.Failed, (await conversation.UntilEndedAsync(reply, Token)).Status);
        return (conversation, reply);
    }

    private static async Task<Reply> UntilCompletedAsync(TestConversation conversation, ReplyId reply)
    {
        var end = await conversation.UntilEndedAsync(reply, Token);
        Assert.Equal(ReplyStatus.Completed, end.Status);
        return end;
    }

    private async Task<JubileeCluster> StartAsync(CallFault? fault = null, TimeSpan? deadline = null)
    {
        await store.ClearQueuesAsync(Token);
        return await JubileeCluster.StartAsync(
            store,
            services =>
            {
                services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Said.")));
                services.AddQueue<ScriptedProcessor>(Spare);
                if (fault is not null)
                    services.AddSingleton<IOutgoingGrainCallFilter>(fault);
            },
            settings: new()
            {
                ["Limits:Enabled"] = "false",
                ["Queues:AiResponse:Deadline"] = $"{deadline ?? TimeSpan.FromMinutes(15)}",
            },
            cancellationToken: Token);
    }
}
