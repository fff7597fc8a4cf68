using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class ConversationTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    [Fact]
    public async Task Conversation_CreatedUpdatedDeleted_IsReadBackAtEachStep()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var (first, second) = await client.TwoPersonasAsync();
        var created = await client.StartConversationAsync(first, second);
        var id = created.GetProperty("id").GetString()!;
        Assert.Equal(2, created.GetProperty("personas").GetArrayLength());
        Assert.Equal("queue", created.GetProperty("onBusy").GetString());
        await client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Patch, $"/api/conversations/{id}", new { title = "Evening", onBusy = "reject" });

        var conversation = (await client.GetAsync($"/api/conversations/{id}")).GetProperty("conversation");
        Assert.Equal("Evening/reject", $"{conversation.GetProperty("title")}/{conversation.GetProperty("onBusy")}");
        var listed = Assert.Single((await client.GetAsync("/api/conversations")).GetProperty("conversations").EnumerateArray());
        Assert.Equal(id, listed.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("lastMessage").ValueKind);

        await client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"/api/conversations/{id}");
        await client.GetAsync($"/api/conversations/{id}", HttpStatusCode.NotFound);
        await client.GetAsync($"/api/conversations/{id}/messages", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Create_WithoutPersonas_UsesTheDefault()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var jubilee = (await client.GetAsync("/api/personas/jubilee")).GetProperty("persona").GetProperty("id").GetString();

        Assert.Equal(
            [jubilee], (await client.StartConversationAsync()).GetProperty("personas").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task AnyRequest_ConversationOfAnotherUser_IsNotFound()
    {
        using var owner = await server.NewClient().AsGuestAsync();
        var id = (await owner.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var posted = await owner.PostAsync(id, "Hello");
        var reply = posted.GetProperty("replies")[0].GetProperty("id").GetString();
        var message = posted.GetProperty("message").GetProperty("id").GetString();
        using var other = await server.NewClient().AsGuestAsync();

        string[] paths =
        [
            $"/api/conversations/{id}", $"/api/conversations/{id}/messages", $"/api/replies/{reply}", $"/api/replies/{reply}/events",
        ];
        foreach (var path in paths)
            await other.GetAsync(path, HttpStatusCode.NotFound);
        await other.PostAsync(id, "Hello", expected: HttpStatusCode.NotFound);
        await other.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/replies/{reply}/cancel");
        await other.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/messages/{message}/regenerate");
        await other.SendAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"/api/conversations/{id}");
        await other.SendAsync(HttpStatusCode.NotFound, HttpMethod.Put, $"/api/conversations/{id}/read", new { seq = 1 });
    }

    [Fact]
    public async Task Post_SameIdempotencyKey_ReturnsTheSameTurn()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var first = await client.PostAsync(id, "Hello", "key-1");
        var again = await client.PostAsync(id, "Hello", "key-1", HttpStatusCode.OK);

        Assert.Equal(MessageId(first), MessageId(again));
        Assert.Equal(ReplyId(first), ReplyId(again));
        var problem = await client.PostAsync(id, "Something else", "key-1", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("idempotency-mismatch", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_IdempotencyKeyHeader_IsUsed()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var path = $"/api/conversations/{(await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()}/messages";
        var body = """{"content":"Hello"}""";
        using var first = await client.RawAsync(HttpMethod.Post, path, GatewayClient.Json(body), ("Idempotency-Key", "key-2"));
        using var again = await client.RawAsync(HttpMethod.Post, path, GatewayClient.Json(body), ("Idempotency-Key", "key-2"));

        Assert.Equal(
            MessageId(await GatewayClient.ReadAsync(first, HttpStatusCode.Accepted)),
            MessageId(await GatewayClient.ReadAsync(again, HttpStatusCode.OK)));
        using var other = await client.RawAsync(
            HttpMethod.Post, path, GatewayClient.Json("""{"content":"Hello","clientMessageId":"x"}"""), ("Idempotency-Key", "key-2"));
        await GatewayClient.ReadAsync(other, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ListMessages_PageByPage_ReturnsAll()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        for (var i = 1; i <= 3; i++)
            await client.ReadReplyStreamAsync(ReplyId(await client.PostAsync(id, $"Message {i}")));

        var newest = await client.GetAsync($"/api/conversations/{id}/messages?limit=4");
        Assert.Equal([3L, 4, 5, 6], Seqs(newest));
        var older = await client.GetAsync($"/api/conversations/{id}/messages?limit=4&before={newest.GetProperty("next").GetString()}");
        Assert.Equal([1L, 2], Seqs(older));
        Assert.Equal(JsonValueKind.Null, older.GetProperty("next").ValueKind);
        var first = await client.GetAsync($"/api/conversations/{id}/messages?limit=4&after=0");
        Assert.Equal([1L, 2, 3, 4], Seqs(first));
        Assert.Equal(
            [5L, 6], Seqs(await client.GetAsync($"/api/conversations/{id}/messages?after={first.GetProperty("next").GetString()}")));
        Assert.NotEmpty(newest.GetProperty("epoch").GetString()!);
        await client.GetAsync($"/api/conversations/{id}/messages?before=2&after=1", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task MarkRead_UpToTheLastMessage_LeavesNothingUnread()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        await client.ReadReplyStreamAsync(ReplyId(await client.PostAsync(id, "Hello")));
        Assert.Equal(1, await UnreadAsync(client));

        await client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Put, $"/api/conversations/{id}/read", new { seq = 2 });
        Assert.Equal(0, await UnreadAsync(client));
    }

    [Fact]
    public async Task Regenerate_CompletedReply_AddsAVariant()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var posted = await client.PostAsync(id, "Hello");
        await client.ReadReplyStreamAsync(ReplyId(posted));
        var again = await client.SendAsync(HttpStatusCode.Accepted, HttpMethod.Post, $"/api/messages/{MessageId(posted)}/regenerate");
        await client.ReadReplyStreamAsync(ReplyId(again));

        var messages = (await client.GetAsync($"/api/conversations/{id}/messages")).GetProperty("messages");
        Assert.Equal(3, messages.GetArrayLength());
        Assert.Equal(messages[1].GetProperty("id").GetString(), messages[2].GetProperty("variantOf").GetString());
    }

    private static async Task<int> UnreadAsync(GatewayClient client) =>
        (await client.GetAsync("/api/conversations")).GetProperty("conversations")[0].GetProperty("unread").GetInt32();

    private static IEnumerable<long> Seqs(JsonElement page) =>
        page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt64());

    private static string MessageId(JsonElement posted) => posted.GetProperty("message").GetProperty("id").GetString()!;

    private static string ReplyId(JsonElement posted) => posted.GetProperty("replies")[0].GetProperty("id").GetString()!;
}
