namespace JubileeVerse.Integration.Tests.Crashes;

/// <summary>What survives when the process is killed without warning, on every store.</summary>
public abstract class KillConformance : StandaloneTests
{
    [Fact]
    public async Task Post_NoFailure_HasOneReply()
    {
        await ConfigureStoreAsync();
        ReplyWithoutDelay();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "How do I begin a garden?", Deadline);

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_ReplyIsGenerating_CompletesItOnce()
    {
        await ConfigureStoreAsync();
        ReplySlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "What helps against a long winter?", Deadline);
        await client.UntilGeneratingAsync(turn.ReplyId, Deadline);

        ReplyWithoutDelay();
        await Site.KillAndRestartAsync(Deadline);

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_RepliesAreGeneratingInSeveralConversations_CompletesEachOnce()
    {
        await ConfigureStoreAsync();
        ReplySlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        string[] personas = ["jubilee", "melody", "zariah", "elias"];
        var conversations = await Task.WhenAll(personas.Select(persona => client.StartConversationAsync(Deadline, persona)));
        var turns = await Task.WhenAll(
            conversations.Select(conversation => client.AskAsync(conversation, "What is worth keeping?", Deadline)));
        await Task.WhenAll(turns.Select(turn => client.UntilGeneratingAsync(turn.ReplyId, Deadline)));

        ReplyWithoutDelay();
        await Site.KillAndRestartAsync(Deadline);

        foreach (var (conversation, turn) in conversations.Zip(turns))
            await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_RightAfterAcceptance_MessageHasOneReply()
    {
        await ConfigureStoreAsync();
        ReplySlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "Are you still there?", Deadline);
        ReplyWithoutDelay();
        await Site.KillAndRestartAsync(Deadline);

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_OthersWaitInTheQueue_AllGetOneReplyInOrder()
    {
        await ConfigureStoreAsync();
        ReplySlowly();
        Site["Queues:AiResponse:ConcurrencyPerSilo"] = "1";
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var first = await client.StartConversationAsync(Deadline);
        var second = await client.StartConversationAsync(Deadline);
        var running = await client.AskAsync(first, "What comes first?", Deadline);
        var behind = await client.AskAsync(first, "And what comes next?", Deadline);
        var beside = await client.AskAsync(second, "Who else is waiting?", Deadline);
        await client.UntilGeneratingAsync(running.ReplyId, Deadline);
        Assert.Equal("queued", (await client.ReplyAsync(behind.ReplyId, Deadline)).Status);

        ReplyWithoutDelay();
        await Site.KillAndRestartAsync(Deadline);

        await TurnAssertions.ShouldBeCompleteAsync(client, first, [running, behind], Deadline);
        await TurnAssertions.ShouldBeCompleteAsync(client, second, [beside], Deadline);
    }

    /// <summary>Sets the store in the site's settings.</summary>
    protected abstract Task ConfigureStoreAsync();
}
