using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Turns;

public sealed class TurnTests(RunningStandalone standalone) : BoundedTests, IClassFixture<RunningStandalone>
{
    [Fact]
    public async Task Post_TenAtOnce_AllAreAnsweredInOrderOnce()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turns = await Task.WhenAll(Enumerable.Range(1, 10).Select(number => client.AskAsync(conversation, $"Message number {number}", Deadline)));

        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, turns, Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdAgain_IsTheSameMessage()
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
        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdAtOnce_IsTheSameMessage()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsync(conversation, "One of eight.", Deadline, "eight")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer.Read<PostedTurn>().Message.Id).Distinct());
        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [answers[0].Read<PostedTurn>()], Deadline);
    }

    [Fact]
    public async Task Post_SameClientMessageIdWithAnotherBody_IsRefused()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var first = await client.PostAsync(conversation, "This is what I said.", Deadline, "said");

        var second = await client.PostAsync(conversation, "I never said that.", Deadline, "said");

        second.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-mismatch");
        await AnsweredTurns.ShouldBeWholeAsync(client, conversation, [first.Read<PostedTurn>()], Deadline);
    }
}
