using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Crashes;

public sealed class TerminationTests : StandaloneTests
{
    [Fact]
    public async Task Terminate_ReplyIsGenerating_ExitsCleanlyAndCompletesItOnce()
    {
        ReplySlowly();
        Site["Queues:Grace"] = "00:00:01";
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "What is a good ending?", Deadline);
        await client.UntilGeneratingAsync(turn.ReplyId, Deadline);

        Assert.Equal(0, await Site.Process.TerminateAsync(Deadline));

        ReplyWithoutDelay();
        await Site.StartAsync(Deadline);
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Terminate_ReplyEndsWithinGracePeriod_IsStoredBeforeExit()
    {
        ReplySlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Will you let me finish?", Deadline);
        await client.UntilGeneratingAsync(turn.ReplyId, Deadline);

        Assert.Equal(0, await Site.Process.TerminateAsync(Deadline));

        // No model is reachable after the restart, so a completed reply was completed before the exit.
        Site["Ai:Providers:0:Type"] = "openai";
        Site["Ai:Providers:0:Model"] = "none";
        Site["Ai:Providers:0:Endpoint"] = "http://127.0.0.1:9/v1";
        await Site.StartAsync(Deadline);
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Terminate_OpenStream_SendsClosingAndExits()
    {
        ReplySlowly();
        Site["Queues:Grace"] = "00:00:01";
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Do you say good-bye?", Deadline);
        using var response = await client.OpenStreamAsync(turn.ReplyId, null, Deadline);
        await using var body = await response.Content.ReadAsStreamAsync(Deadline);
        await using var events = ApiEvent.ReadAsync(body, Deadline).GetAsyncEnumerator(Deadline);
        await events.MoveNextAsync();

        var exit = Site.Process.TerminateAsync(Deadline);
        var types = new List<string>();
        while (await events.MoveNextAsync())
            types.Add(events.Current.Type);

        Assert.Equal(0, await exit);
        Assert.Equal("closing", types[^1]);
    }
}
