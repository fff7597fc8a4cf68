namespace JubileeVerse.Integration.Tests.Providers;

public sealed class ProviderFailureTests : StandaloneTests
{
    private static readonly string[] Pieces = ["Third time ", "is a ", "charm."];

    [Fact]
    public async Task Reply_ProviderFailsTwice_IsGeneratedByTheThirdCall()
    {
        await using var provider = await StubProvider.StartAsync([500, 500], Pieces, Deadline);
        await StartWithAsync(provider);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "Please try.", Deadline);
        var events = await client.StreamAsync(turn.ReplyId, null, Deadline).ToListAsync(Deadline);

        Assert.Contains(events, item => item.Type == "ai-response-retrying");
        Assert.DoesNotContain(events, item => item.Type == "ai-response-error");
        Assert.Equal("ai-response-complete", events[^1].Type);
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
        Assert.Equal(provider.ReplyText, (await client.MessagesAsync(conversation, Deadline))[^1].Content);
        Assert.Equal(3, provider.Calls);
    }

    [Fact]
    public async Task Reply_ProviderFailsEachTime_FailsOnceAndNothingIsStored()
    {
        await using var provider = await StubProvider.StartAsync([500, 500, 500], Pieces, Deadline);
        await StartWithAsync(provider);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "Please try.", Deadline);
        var events = await client.StreamAsync(turn.ReplyId, null, Deadline).ToListAsync(Deadline);

        Assert.Single(events, item => item.IsEnd);
        Assert.Equal("ai-response-error", events[^1].Type);
        Assert.Equal(3, provider.Calls);
        Assert.Equal("failed", (await client.EndOfAsync(turn.ReplyId, Deadline)).Status);
        Assert.DoesNotContain(await client.MessagesAsync(conversation, Deadline), message => message.IsReply);
    }

    [Fact]
    public async Task Reply_ProviderRejectsTheRequest_IsNotRetried()
    {
        await using var provider = await StubProvider.StartAsync([400], Pieces, Deadline);
        await StartWithAsync(provider);
        using var client = await SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, "Please try.", Deadline);

        Assert.Equal("failed", (await client.EndOfAsync(turn.ReplyId, Deadline)).Status);
        Assert.Equal(1, provider.Calls);
    }

    private async Task StartWithAsync(StubProvider provider)
    {
        Site["Ai:Providers:0:Type"] = "openai";
        Site["Ai:Providers:0:Model"] = "stub";
        Site["Ai:Providers:0:Endpoint"] = provider.Endpoint;
        Site["Queues:AiResponse:Attempts"] = "3";
        Site["Queues:AiResponse:BackoffMs"] = "500";
        await Site.StartAsync(Deadline);
    }
}
