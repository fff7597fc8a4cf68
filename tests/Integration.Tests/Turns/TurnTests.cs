using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Turns;

public sealed class TurnTests(RunningStandalone standalone) : BoundedTests, IClassFixture<RunningStandalone>
{
    [Fact]
    public async Task Post_TenConcurrently_AllGetOneReplyInOrder()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turns = await Task.WhenAll(
            Enumerable.Range(1, 10).Select(number => client.AskAsync(conversation, $"Message number {number}", Deadline)));

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, turns, Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdTwice_ReturnsTheSameMessage()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var first = await client.PostAsync(conversation, "Only once, please.", Deadline, "once");
        var second = await client.PostAsync(conversation, "Only once, please.", Deadline, "once");

        first.ShouldBe(HttpStatusCode.Accepted);
        second.ShouldBe(HttpStatusCode.OK);
        var turn = first.Read<PostedTurn>();
        Assert.Equal(turn.Message, second.Read<PostedTurn>().Message);
        Assert.Equal(turn.ReplyId, second.Read<PostedTurn>().ReplyId);
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdConcurrently_StoresOneMessage()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => client.PostAsync(conversation, "One of eight.", Deadline, "eight")));

        Assert.Single(responses, response => response.Status == HttpStatusCode.Accepted);
        Assert.Equal(7, responses.Count(response => response.Status == HttpStatusCode.OK));
        Assert.Single(responses.Select(response => response.Read<PostedTurn>().Message.Id).Distinct());
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [responses[0].Read<PostedTurn>()], Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdWithAnotherBody_IsRejected()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var first = await client.PostAsync(conversation, "This is what I said.", Deadline, "said");

        var second = await client.PostAsync(conversation, "I never said that.", Deadline, "said");

        second.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-mismatch");
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [first.Read<PostedTurn>()], Deadline);
    }
}
