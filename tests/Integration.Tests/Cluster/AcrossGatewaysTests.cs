using System.Net;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Two gateways behave like one server.</summary>
public sealed class AcrossGatewaysTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Replies = 40;

    [Fact]
    public async Task Post_StreamedFromTheOtherGateway_EachReplyArrivesOnceAndComplete()
    {
        using var person = await SignInAsync(gateway: 1);
        var conversations = await Task.WhenAll(Enumerable.Range(0, Replies).Select(_ => person.Api.StartConversationAsync(Deadline)));
        var turns = await Task.WhenAll(conversations.Select(conversation =>
            person.AskAsync(conversation, "What would you tell somebody who waits elsewhere?", Deadline)));

        person.MoveToNextGateway();
        var followed = turns.Select(turn => new FollowedReply(person, turn.ReplyId)).ToList();
        await Task.WhenAll(followed.Select(reply => reply.RunAsync(Deadline)));

        Assert.Equal(Replies, followed.Count(reply => reply.Text.End == "ai-response-complete"));
        Assert.All(followed, reply => Assert.Equal(reply.Text.EndText, reply.Text.Text));
        Assert.All(followed, reply => Assert.NotEqual("", reply.Text.Text));
        foreach (var (conversation, turn) in conversations.Zip(turns))
            await TurnAssertions.ShouldBeCompleteAsync(person.Api, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Session_CreatedAtOneGateway_IsValidAtTheOther()
    {
        using var person = await SignInAsync(gateway: 1);
        var first = await person.Api.GetAsync("/api/auth/me", Deadline);

        person.MoveToNextGateway();
        var second = await person.Api.GetAsync("/api/auth/me", Deadline);

        second.ShouldBe(HttpStatusCode.OK);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task Logout_AtOneGateway_EndsTheSessionAtTheOtherImmediately()
    {
        using var person = await SignInAsync(gateway: 1);
        var session = person.Api.Cookies.GetAllCookies().Single(cookie => cookie.Name == "jv.sid");
        person.MoveToNextGateway();
        (await person.Api.GetAsync("/api/auth/me", Deadline)).ShouldBe(HttpStatusCode.OK);

        person.MoveToNextGateway();
        (await person.Api.SendAsync(HttpMethod.Post, "/api/auth/logout", null, Deadline)).ShouldBe(HttpStatusCode.NoContent);
        person.MoveToNextGateway();
        person.Api.Cookies.Add(new Cookie(session.Name, session.Value, session.Path, session.Domain));

        (await person.Api.GetAsync("/api/auth/me", Deadline)).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
