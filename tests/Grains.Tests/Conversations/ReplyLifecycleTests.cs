using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Conversations;

/// <summary>Replies that fail, are cancelled, move to another silo, or are completed by workers whose lease has ended.</summary>
public sealed class ReplyLifecycleTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_ProviderFailsTwice_CompletesWithTheThirdCallAndPublishesNoFailure()
    {
        var model = new ScriptedChatClient("At last.").FailNext(2);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Try", Token);
        Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply.Id, Token));

        Assert.Equal(3, model.Calls.Count);
        var retrying = conversation.Gateway.Frames.OfType<ReplyRetrying>().ToArray();
        Assert.Equal([(2, 1000L), (3, 2000L)], retrying.Select(frame => (frame.Attempt, Round(frame.DelayMs))));
        Assert.Empty(conversation.Gateway.Frames.OfType<ReplyFailed>());
        Assert.Equal(["Try", "At last."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task Reply_ProviderFailsThreeTimes_FailsAndPublishesTheFailureOnce()
    {
        var model = new ScriptedChatClient("Never.").FailNext(3);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Try", Token);
        var end = Assert.IsType<ReplyFailed>(await conversation.EndOfAsync(reply.Id, Token));

        Assert.Equal("reply-failed", end.Code);
        Assert.Equal(3, model.Calls.Count);
        var stored = await conversation.Grain.GetReplyAsync(conversation.User, reply.Id, Token);
        Assert.Equal(ReplyStatus.Failed, stored.Status);
        Assert.Single(conversation.Gateway.Frames.OfType<ReplyFailed>());
    }

    [Fact]
    public async Task Reply_StreamCutAfterSomeText_RestartsItsTextUnderAHigherRun()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").FailNext(1, afterPieces: 2);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Count", Token);
        var end = Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply.Id, Token));

        Assert.Equal("One two three.", end.Message.Content);
        var runs = conversation.Gateway.Frames.OfType<ReplyStarted>().Select(frame => frame.Run).ToArray();
        Assert.Equal(2, runs.Length);
        Assert.True(runs[1] > runs[0]);
        Assert.All(
            conversation.Gateway.Frames.OfType<ReplyDelta>().GroupBy(frame => frame.Run),
            run => Assert.Equal(0, run.First().TextOffset));
    }

    [Fact]
    public async Task CancelReplyAsync_WhileItRuns_KeepsTheTextAndStaysCancelled()
    {
        var model = new ScriptedChatClient("Half", " and half").HangAfter(1);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == reply.Id, Token);

        var cancelled = await conversation.Grain.CancelReplyAsync(conversation.User, reply.Id, Token);
        var again = await conversation.Grain.CancelReplyAsync(conversation.User, reply.Id, Token);
        model.Release();
        var next = await conversation.AskAsync("And now?", Token);
        await conversation.EndOfAsync(next.Id, Token);

        Assert.Equal((ReplyStatus.Cancelled, "Half"), (cancelled.Status, cancelled.Text));
        Assert.Equal(cancelled, again);
        Assert.Single(conversation.Gateway.Frames.OfType<ReplyCancelled>());
        Assert.Equal(
            ["Go", "Half", "And now?", "Half and half"],
            (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task CancelReplyAsync_BeforeItsRun_EndsItWithoutCallingTheModel()
    {
        var model = new ScriptedChatClient("No.");
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        await cluster.ReplyQueue.PauseAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);

        var cancelled = await conversation.Grain.CancelReplyAsync(conversation.User, reply.Id, Token);
        await cluster.ReplyQueue.ResumeAsync(Token);
        var next = await conversation.AskAsync("And now?", Token);
        await conversation.EndOfAsync(next.Id, Token);

        Assert.Equal(ReplyStatus.Cancelled, cancelled.Status);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task Reply_ConversationMovesWhileItIsGenerated_CompletesOnceWithTheWholeText()
    {
        var model = new ScriptedChatClient("One ", "two ", "three.").HangAfter(2);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Count", Token);
        await conversation.Gateway.UntilAsync(
            frames => string.Concat(frames.OfType<ReplyDelta>().Select(frame => frame.Text)) == "One two ", Token);

        await cluster.DeactivateAsync(conversation.Grain);
        model.Release();
        // The subscription ended with the former activation; the gateway would attach again with its next position check.
        var ended = await conversation.UntilEndedAsync(reply.Id, Token);

        Assert.Equal((ReplyStatus.Completed, "One two three."), (ended.Status, ended.Text));
        Assert.Equal(["Count", "One two three."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task CompleteReplyAsync_EarlierRun_IsNotAccepted()
    {
        var model = new ScriptedChatClient("Real.").HangAfter(0);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Go", Token);
        await conversation.Gateway.NextAsync<ReplyStarted>(frame => frame.ReplyId == reply.Id, Token);
        var usage = new TokenUsage("ghost", 1, 1);

        var early = await conversation.Grain.CompleteReplyAsync(
            new CompleteReply(reply.Id, new JobLease(0, 1), 1, "Ghost.", null, usage), Token);
        model.Release();
        await conversation.EndOfAsync(reply.Id, Token);
        var late = await conversation.Grain.CompleteReplyAsync(
            new CompleteReply(reply.Id, new JobLease(99, 1), 1, "Ghost.", null, usage), Token);

        Assert.False(early.Accepted);
        Assert.False(late.Accepted);
        Assert.Equal(["Go", "Real."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task Reply_OfferWasLost_QueueFindsItInTheTable()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Found."));
        var conversation = await cluster.StartConversationAsync(Token);
        await cluster.ReplyQueue.PauseAsync(Token);
        var reply = await conversation.AskAsync("Anybody?", Token);
        await cluster.ReplyQueue.ResumeAsync(Token);
        await cluster.DeactivateAsync(cluster.ReplyQueue);

        Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply.Id, Token));
    }

    private static long Round(long milliseconds) => (long)Math.Round(milliseconds / 1000.0) * 1000;

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model) => JubileeCluster.StartAsync(store, model, Token);
}
