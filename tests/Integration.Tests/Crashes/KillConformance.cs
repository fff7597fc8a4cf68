namespace JubileeVerse.Integration.Tests.Crashes;

/// <summary>What survives when the process is killed without a warning. It holds on every store.</summary>
public abstract class KillConformance : StandaloneTests
{
    [Fact]
    public async Task Post_NothingGoesWrong_IsAnsweredOnce()
    {
        await ConfigureStoreAsync();
        AnswerAtOnce();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "How do I begin a garden?", Deadline);

        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_WhileAnswering_TheAnswerIsCompletedOnce()
    {
        await ConfigureStoreAsync();
        AnswerSlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "What helps against a long winter?", Deadline);
        await client.UntilSpeakingAsync(turn.ReplyId, Deadline);

        AnswerAtOnce();
        await Site.KillAndStartAgainAsync(Deadline);

        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_WhileAnsweringInSeveralConversations_EachAnswerIsCompletedOnce()
    {
        await ConfigureStoreAsync();
        AnswerSlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        string[] personas = ["jubilee", "melody", "zariah", "elias"];
        var conversations = await Task.WhenAll(personas.Select(persona => client.StartConversationAsync(Deadline, persona)));
        var turns = await Task.WhenAll(conversations.Select(conversation => client.AskAsync(conversation, "What is worth keeping?", Deadline)));
        await Task.WhenAll(turns.Select(turn => client.UntilSpeakingAsync(turn.ReplyId, Deadline)));

        AnswerAtOnce();
        await Site.KillAndStartAgainAsync(Deadline);

        foreach (var (conversation, turn) in conversations.Zip(turns))
            await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_RightAfterTheAcceptance_TheMessageIsAnsweredOnce()
    {
        await ConfigureStoreAsync();
        AnswerSlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "Are you still there?", Deadline);
        AnswerAtOnce();
        await Site.KillAndStartAgainAsync(Deadline);

        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Kill_WhileOthersWaitInTheQueue_AllAreAnsweredInOrderOnce()
    {
        await ConfigureStoreAsync();
        AnswerSlowly();
        Site["Queues:AiResponse:ConcurrencyPerSilo"] = "1";
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var first = await client.StartConversationAsync(Deadline);
        var second = await client.StartConversationAsync(Deadline);
        var running = await client.AskAsync(first, "What comes first?", Deadline);
        var behind = await client.AskAsync(first, "And what comes next?", Deadline);
        var beside = await client.AskAsync(second, "Who else is waiting?", Deadline);
        await client.UntilSpeakingAsync(running.ReplyId, Deadline);
        Assert.Equal("queued", (await client.ReplyAsync(behind.ReplyId, Deadline)).Status);

        AnswerAtOnce();
        await Site.KillAndStartAgainAsync(Deadline);

        await AnsweredTurns.ShouldBeWholeAsync(client, first, [running, behind], Deadline);
        await AnsweredTurns.ShouldBeWholeAsync(client, second, [beside], Deadline);
    }

    /// <summary>Names the store in the site's settings.</summary>
    protected abstract Task ConfigureStoreAsync();
}
