using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Crashes;

public sealed class TerminationTests : StandaloneTests
{
    [Fact]
    public async Task Terminate_WhileAnswering_EndsCleanlyAndTheAnswerIsCompletedOnce()
    {
        AnswerSlowly();
        Site["Queues:Grace"] = "00:00:01";
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "What is a good ending?", Deadline);
        await client.UntilSpeakingAsync(turn.ReplyId, Deadline);

        Assert.Equal(0, await Site.Process.TerminateAsync(Deadline));

        AnswerAtOnce();
        await Site.StartAsync(Deadline);
        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Terminate_WithinTheGraceOfAnAnswer_TheAnswerIsThereAfterTheStart()
    {
        AnswerSlowly();
        await Site.StartAsync(Deadline);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Will you let me finish?", Deadline);
        await client.UntilSpeakingAsync(turn.ReplyId, Deadline);

        Assert.Equal(0, await Site.Process.TerminateAsync(Deadline));

        // No model can answer any more: what is found was completed before the end.
        Site["Ai:Providers:0:Type"] = "openai";
        Site["Ai:Providers:0:Model"] = "none";
        Site["Ai:Providers:0:Endpoint"] = "http://127.0.0.1:9/v1";
        await Site.StartAsync(Deadline);
        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Terminate_WithAReaderOfAStream_ToldToComeBackAndEnds()
    {
        AnswerSlowly();
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
