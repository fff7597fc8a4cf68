using System.Net;

namespace JubileeVerse.Integration.Tests.Refusals;

public sealed class BadInputTests(RunningStandalone standalone) : BoundedTests, IClassFixture<RunningStandalone>
{
    private const string UnknownId = "0198d0e0-0000-7000-8000-000000000000";

    [Theory]
    [InlineData(0)]
    [InlineData(8_001)]
    public async Task Post_ContentLengthOutOfRange_NamesTheField(int length)
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var response = await client.PostAsync(conversation, new string('a', length), Deadline);

        response.ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-request", "content");
        Assert.Empty(await client.MessagesAsync(conversation, Deadline));
    }

    [Fact]
    public async Task Post_LongestText_IsAccepted()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var turn = await client.AskAsync(conversation, new string('a', 8_000), Deadline);

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Theory]
    [InlineData("""{"content": "no end""", "content")]
    [InlineData("""["content"]""", "body")]
    [InlineData("", "body")]
    [InlineData("""{"content": 7}""", "content")]
    [InlineData("""{}""", "content")]
    [InlineData("""{"content": "   "}""", "content")]
    [InlineData("""{"content": "a\u0000b"}""", "content")]
    [InlineData("""{"content": "half a pair \ud83d"}""", "content")]
    public async Task Post_InvalidBody_NamesTheField(string body, string field)
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);

        var response = await client.SendTextAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", body, Deadline);

        response.ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-request", field);
        Assert.Empty(await client.MessagesAsync(conversation, Deadline));
    }

    [Fact]
    public async Task StartConversation_UnknownPersona_IsRejected()
    {
        using var client = await standalone.SignInAsync();

        var response = await client.SendAsync(HttpMethod.Post, "/api/conversations", new { personas = new[] { "nobody-here" } }, Deadline);

        response.ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-persona", "personas[0]");
    }

    [Fact]
    public async Task StartConversation_UnknownOnBusy_NamesTheField()
    {
        using var client = await standalone.SignInAsync();

        var response = await client.SendAsync(
            HttpMethod.Post, "/api/conversations", new { personas = new[] { "jubilee" }, onBusy = "sometimes" }, Deadline);

        response.ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-request", "onBusy");
    }

    [Fact]
    public async Task AnyRequest_ResourceOfAnotherUser_IsNotFound()
    {
        using var owner = await standalone.SignInAsync();
        using var stranger = await standalone.SignInAsync();
        var conversation = await owner.StartConversationAsync(Deadline);
        var turn = await owner.AskAsync(conversation, "This is between us.", Deadline);

        (HttpMethod Method, string Path, object? Body)[] calls =
        [
            (HttpMethod.Get, $"/api/conversations/{conversation}", null),
            (HttpMethod.Patch, $"/api/conversations/{conversation}", new { title = "Mine now" }),
            (HttpMethod.Delete, $"/api/conversations/{conversation}", null),
            (HttpMethod.Get, $"/api/conversations/{conversation}/messages", null),
            (HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { content = "Let me in" }),
            (HttpMethod.Put, $"/api/conversations/{conversation}/read", new { seq = 1 }),
            (HttpMethod.Get, $"/api/replies/{turn.ReplyId}", null),
            (HttpMethod.Get, $"/api/replies/{turn.ReplyId}/events", null),
            (HttpMethod.Post, $"/api/replies/{turn.ReplyId}/cancel", null),
            (HttpMethod.Post, $"/api/messages/{turn.Message.Id}/regenerate", null),
            (HttpMethod.Get, $"/api/conversations/{UnknownId}", null),
        ];
        foreach (var (method, path, body) in calls)
            (await stranger.SendAsync(method, path, body, Deadline)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

        await TurnAssertions.ShouldBeCompleteAsync(owner, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task AnyRequest_WithoutASession_IsUnauthorized()
    {
        using var visitor = standalone.CreateAnonymousClient();

        (HttpMethod Method, string Path, object? Body)[] calls =
        [
            (HttpMethod.Get, "/api/auth/me", null),
            (HttpMethod.Get, "/api/conversations", null),
            (HttpMethod.Post, "/api/conversations", new { personas = new[] { "jubilee" } }),
            (HttpMethod.Post, $"/api/conversations/{UnknownId}/messages", new { content = "Hello?" }),
            (HttpMethod.Get, $"/api/replies/{UnknownId}", null),
            (HttpMethod.Get, $"/api/replies/{UnknownId}/events", null),
            (HttpMethod.Get, "/api/admin/queues", null),
        ];
        foreach (var (method, path, body) in calls)
            (await visitor.SendAsync(method, path, body, Deadline)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task ListQueues_WithoutTheAdminRole_IsForbidden()
    {
        using var client = await standalone.SignInAsync();

        var response = await client.GetAsync("/api/admin/queues", Deadline);

        response.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Get_MalformedId_NamesTheField()
    {
        using var client = await standalone.SignInAsync();

        var response = await client.GetAsync("/api/conversations/not-an-id", Deadline);

        response.ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-request", "id");
    }
}
