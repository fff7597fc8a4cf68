using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Conversations;

/// <summary>The path of a message through real grains, a real store and a scripted model.</summary>
public sealed class ConversationGrainTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostAsync_OneMessage_IsRepliedToOnceAndStored()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Hello", ", ", "friend."));
        var conversation = await cluster.StartConversationAsync(Token);

        var reply = await conversation.AskAsync("Hi there", Token);
        var end = Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply.Id, Token));

        Assert.Equal("Hello, friend.", end.Message.Content);
        Assert.Equal(["Hi there", "Hello, friend."], (await conversation.MessagesAsync(Token)).Select(message => message.Content));
        var stored = await conversation.Grain.GetReplyAsync(conversation.User, reply.Id, Token);
        Assert.Equal(ReplyStatus.Completed, stored.Status);
        Assert.Equal("Hello, friend.", stored.Text);
        Assert.Equal(end.Message.Id, (await conversation.MessagesAsync(Token))[1].Id);
    }

    [Fact]
    public async Task PostAsync_TenAtOnce_AreRepliedToOnceEachInOrder()
    {
        var model = new ScriptedChatClient("An answer.");
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);

        var posts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => conversation.PostAsync($"post {i}", Token)));
        var replies = posts.Select(post => post.Turn!).OrderBy(turn => turn.Message.Seq).Select(turn => turn.Replies.Single().Id).ToArray();
        foreach (var reply in replies)
            Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply, Token));

        var completed = conversation.Gateway.Frames.OfType<ReplyCompleted>().Select(frame => frame.ReplyId);
        Assert.Equal(replies, completed);
        var messages = await conversation.MessagesAsync(Token);
        Assert.Equal(20, messages.Length);
        Assert.Equal(replies, messages.Where(message => message.Role == MessageRole.Assistant).Select(message => message.ReplyId!.Value));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), messages.Select(message => message.Seq));
        Assert.Equal(10, model.Calls.Count);
    }

    [Fact]
    public async Task PostAsync_DurableFrames_HaveConsecutiveOffsets()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Yes."));
        var conversation = await cluster.StartConversationAsync(Token);
        for (var i = 0; i < 3; i++)
            await conversation.EndOfAsync((await conversation.AskAsync($"Question {i}", Token)).Id, Token);

        var offsets = conversation.Gateway.Frames.OfType<DurableFrame>().Select(frame => frame.Offset);
        Assert.Equal([1, 2, 3, 4, 5, 6], offsets);
    }

    [Fact]
    public async Task PostAsync_SameKeyTwice_StoresOneMessageAndReturnsTheSameTurn()
    {
        var model = new ScriptedChatClient("Once.").HangAfter(0);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);

        var first = await conversation.PostAsync("Hello", Token, "k");
        var second = await conversation.PostAsync("Hello", Token, "k");

        Assert.False(first.Turn!.Replayed);
        Assert.True(second.Turn!.Replayed);
        Assert.Equal(first.Turn.Message, second.Turn.Message);
        Assert.Equal(first.Turn.Replies.Single().Id, second.Turn.Replies.Single().Id);
        model.Release();
        await conversation.EndOfAsync(first.Turn.Replies.Single().Id, Token);
        Assert.Equal(2, (await conversation.MessagesAsync(Token)).Length);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task PostAsync_SameKeyAfterAMove_IsFoundInTheStore()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Once."));
        var conversation = await cluster.StartConversationAsync(Token);
        var first = await conversation.PostAsync("Hello", Token, "k");
        await conversation.EndOfAsync(first.Turn!.Replies.Single().Id, Token);
        await cluster.DeactivateAsync(conversation.Grain);

        var again = await conversation.PostAsync("Hello", Token, "k");
        var other = await conversation.PostAsync("Something else", Token, "k");

        Assert.True(again.Turn!.Replayed);
        Assert.Equal(first.Turn.Message.Id, again.Turn.Message.Id);
        Assert.Equal(ReplyStatus.Completed, again.Turn.Replies.Single().Status);
        Assert.Equal(ErrorCode.IdempotencyMismatch, other.Refusal!.Code);
        Assert.Equal(2, (await conversation.MessagesAsync(Token)).Length);
    }

    [Fact]
    public async Task PostAsync_SameKeyWithAnotherBody_IsRefused()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Once."));
        var conversation = await cluster.StartConversationAsync(Token);
        await conversation.PostAsync("Hello", Token, "k");

        var result = await conversation.PostAsync("Another", Token, "k");

        Assert.Equal(ErrorCode.IdempotencyMismatch, result.Refusal!.Code);
    }

    [Fact]
    public async Task PostAsync_ByAnotherUser_IsNotFound()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("No."));
        var conversation = await cluster.StartConversationAsync(Token);
        var stranger = await cluster.StartConversationAsync(Token);

        var exception = await Assert.ThrowsAsync<JubileeException>(() => conversation.Grain.PostAsync(
            new PostMessage(stranger.User, "Let me in", "k", [], null), Token));

        Assert.Equal(ErrorCode.NotFound, exception.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("with a \0 in it")]
    public async Task PostAsync_UnstorableText_IsRejectedWithTheField(string content)
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("No."));
        var conversation = await cluster.StartConversationAsync(Token);

        var exception = await Assert.ThrowsAsync<JubileeException>(() => conversation.PostAsync(content, Token));

        Assert.Equal((ErrorCode.InvalidRequest, "content"), (exception.Code, exception.Field));
        Assert.Empty(await conversation.MessagesAsync(Token));
    }

    [Fact]
    public async Task PostAsync_WhileBusyWithReject_StoresNothing()
    {
        var model = new ScriptedChatClient("Slow.").HangAfter(0);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token, OnBusy.Reject);
        await conversation.AskAsync("First", Token);

        var second = await conversation.PostAsync("Second", Token);

        Assert.Equal(ErrorCode.ReplyInProgress, second.Refusal!.Code);
        Assert.Single(await conversation.MessagesAsync(Token));
        model.Release();
    }

    [Fact]
    public async Task PostAsync_WhileBusyWithInterrupt_KeepsThePartialTextAndRepliesToTheNewest()
    {
        var model = new ScriptedChatClient("Half", " an answer").HangAfter(1);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token, OnBusy.Interrupt);
        var first = await conversation.AskAsync("First", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == first.Id, Token);

        var second = await conversation.AskAsync("Second", Token);
        var cancelled = Assert.IsType<ReplyCancelled>(await conversation.EndOfAsync(first.Id, Token));
        model.Release();

        Assert.Equal("Half", cancelled.Text);
        Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(second.Id, Token));
        Assert.Equal(
            ["First", "Half", "Second", "Half an answer"],
            (await conversation.MessagesAsync(Token)).Select(message => message.Content));
    }

    [Fact]
    public async Task PostAsync_AnotherActivationHasWritten_ReloadsAndStores()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("Fine."));
        var conversation = await cluster.StartConversationAsync(Token);
        await store.Writes.CommitAsync(
            new WriteUnit(new Statement(
                "update conversations set version = version + 5 where id = @id", ("id", conversation.Id.ToString()))),
            Token);

        var reply = await conversation.AskAsync("Still there?", Token);
        var end = await conversation.EndOfAsync(reply.Id, Token);

        Assert.Equal(7, end.Offset);
        Assert.Equal(2, (await conversation.MessagesAsync(Token)).Length);
    }

    [Theory]
    [InlineData(OnBusy.Reject)]
    [InlineData(OnBusy.Interrupt)]
    public async Task PostAsync_SameKeyAfterAMoveWhileBusy_ReturnsTheTurnAndCancelsNothing(OnBusy onBusy)
    {
        var model = new ScriptedChatClient("Once", " more.").HangAfter(1);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token, onBusy);
        var first = await conversation.PostAsync("Hello", Token, "k");
        await conversation.Gateway.NextAsync<ReplyDelta>(_ => true, Token);
        await cluster.DeactivateAsync(conversation.Grain);

        var again = await conversation.PostAsync("Hello", Token, "k");
        model.Release();

        Assert.True(again.Turn!.Replayed);
        Assert.Equal(first.Turn!.Replies.Single().Id, again.Turn.Replies.Single().Id);
        Assert.NotEqual(ReplyStatus.Cancelled, again.Turn.Replies.Single().Status);
    }

    [Fact]
    public async Task DeleteAsync_WithARunningReply_CancelsItAndHidesEverything()
    {
        var model = new ScriptedChatClient("Half", " done").HangAfter(1);
        await using var cluster = await StartAsync(model);
        var conversation = await cluster.StartConversationAsync(Token);
        var reply = await conversation.AskAsync("Tell me", Token);
        await conversation.Gateway.NextAsync<ReplyDelta>(frame => frame.ReplyId == reply.Id, Token);

        await conversation.Grain.DeleteAsync(conversation.User, Token);

        Assert.IsType<ReplyCancelled>(await conversation.EndOfAsync(reply.Id, Token));
        var exception = await Assert.ThrowsAsync<JubileeException>(() => conversation.PostAsync("Hello?", Token));
        Assert.Equal(ErrorCode.NotFound, exception.Code);
        Assert.Empty(await conversation.MessagesAsync(Token));
        model.Release();
    }

    [Fact]
    public async Task RegenerateAsync_CompletedReply_AddsAVariant()
    {
        await using var cluster = await StartAsync(new ScriptedChatClient("An answer."));
        var conversation = await cluster.StartConversationAsync(Token);
        var first = await conversation.EndOfAsync((await conversation.AskAsync("Question", Token)).Id, Token) as ReplyCompleted;

        var again = await conversation.Grain.RegenerateAsync(conversation.User, first!.Message.InReplyTo!.Value, "again", Token);
        var repeated = await conversation.Grain.RegenerateAsync(conversation.User, first.Message.InReplyTo!.Value, "again", Token);
        var second = await conversation.EndOfAsync(again.Turn!.Replies.Single().Id, Token) as ReplyCompleted;

        Assert.Equal(first.Message.Id, second!.Message.VariantOf);
        Assert.Equal(again.Turn.Replies.Single().Id, repeated.Turn!.Replies.Single().Id);
        Assert.Equal(3, (await conversation.MessagesAsync(Token)).Length);
    }

    private Task<JubileeCluster> StartAsync(ScriptedChatClient model) => JubileeCluster.StartAsync(store, model, Token);
}
