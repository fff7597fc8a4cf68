using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>Commands that the hub rejects, in both protocols, each with the error code that HTTP uses.</summary>
public sealed class HubRefusalTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private static int _people;

    /// <summary>The method, its arguments as JSON, the error code, and a part of the error text.</summary>
    public static TheoryData<string, string, string, string> Calls => new()
    {
        { "Dance", "[]", "not-found", "No such method." },
        { "!refuse", "[{}]", "not-found", "No such method." },
        { "!break", "[]", "not-found", "No such method." },
        { "CancelReply", "[]", "invalid-request", "The arguments do not fit the method." },
        { "CancelReply", """["nonsense"]""", "invalid-request", "replyId: Not a value that this argument can have." },
        { "cancelreply", "[7]", "invalid-request", "replyId: Not a value that this argument can have." },
        { "CancelReply", """["00000000-0000-7000-8000-000000000001"]""", "not-found", "No such reply." },
        { "RegenerateReply", """["00000000-0000-7000-8000-000000000001"]""", "not-found", "No such message." },
        { "Subscribe", "[null]", "invalid-request", "requests: It is required." },
        { "Subscribe", "[[null]]", "invalid-request", "requests: None of them may be null." },
        { "Subscribe", "[[{}]]", "invalid-request", "requests[0].channel: It is required." },
        { "Subscribe", """[[{"channel":"announcements"},{"epoch":"e"}]]""", "invalid-request", "requests[1].channel: It is required." },
        { "Subscribe", """[[{"channel":7}]]""", "invalid-request", "requests[0].channel: " },
        { "Unsubscribe", "[7]", "invalid-request", "channels: Not a value that this argument can have." },
        { "SendMessage", "[null]", "invalid-request", "request: It is required." },
        { "SendMessage", """[{"content":"Hello"}]""", "invalid-request", "conversationId: It is required." },
        { "SendMessage", """[{"conversationId":"nonsense","content":"Hello"}]""", "invalid-request", "conversationId" },
        { "SendMessage", """[{"conversationId":"00000000-0000-7000-8000-000000000001","content":" "}]""", "invalid-request",
            "content: It is required." },
        { "SendMessage", """[{"conversationId":"00000000-0000-7000-8000-000000000001","content":"a\u0000b"}]""", "invalid-request",
            "U+0000" },
        { "SendMessage", """[{"conversationId":"00000000-0000-7000-8000-000000000001","content":"Hello"}]""", "not-found",
            "No such conversation." },
        { "MarkRead", """["00000000-0000-7000-8000-000000000001",-1]""", "invalid-request", "seq" },
        { "MarkRead", """["00000000-0000-7000-8000-000000000001","1"]""", "invalid-request",
            "seq: Not a value that this argument can have." },
        { "MarkRead", """["nonsense",1]""", "invalid-request", "conversationId: Not a value that this argument can have." },
        { "GetPresence", """["conversation:00000000-0000-7000-8000-000000000001"]""", "not-found", "No such channel." },
        { "GetPresence", """["nothing"]""", "invalid-request", "channel: A channel is " },
        { "GetPresence", """["queue:ai-response"]""", "forbidden", "" },
        { "GetPresence", """["announcements"]""", "forbidden", "" },
        { "RefreshToken", "[null]", "invalid-request", "token: It is required." },
        { "RefreshToken", """["nonsense"]""", "unauthenticated", "The token is not valid." },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Invoke_InvalidCommand_IsRejectedWithItsCode(string method, string arguments, string code, string words)
    {
        using var client = await server.NewClient().AsGuestAsync();
        foreach (var packed in new[] { false, true })
        {
            await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);

            var refused = await hub.InvokeRejectedAsync(
                method, [.. JsonElement.Parse(arguments).EnumerateArray().Select(argument => (object?)argument)]);

            Assert.Equal((code, packed), (refused.Code, packed));
            Assert.Contains(words, refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("JubileeVerse", refused.Text, StringComparison.Ordinal);
            Assert.Equal(method, refused.Method, ignoreCase: true);
            // The connection stays usable.
            Assert.Equal(0, (await hub.InvokeAsync("Subscribe", [Array.Empty<object>()])).GetArrayLength());
        }
    }

    [Theory]
    [InlineData("conversation:00000000-0000-7000-8000-000000000001", "not-found")]
    [InlineData("user:00000000-0000-7000-8000-000000000001", "not-found")]
    [InlineData("queue:ai-response", "forbidden")]
    [InlineData("", "invalid-request")]
    [InlineData("conversation:00000000-0000-7000-8000-00000000000A", "invalid-request")]
    [InlineData("conversation: 00000000-0000-7000-8000-000000000001", "invalid-request")]
    public async Task Subscribe_InaccessibleChannel_HasAnErrorInItsResultAndOthersSucceed(string channel, string code)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var own = $"conversation:{(await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()}";
        await using var hub = await HubClient.ConnectAsync(server.Address, client);

        var results = await hub.InvokeAsync("Subscribe", [new object[] { new { channel }, new { channel = own } }]);

        Assert.Equal(code, results[0].GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("error").ValueKind);
        Assert.Equal(own, results[1].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Subscribe_ConversationOfAnotherUser_IsNotFound()
    {
        using var owner = await server.NewClient().AsGuestAsync();
        using var stranger = await server.NewClient().AsGuestAsync();
        var channel = $"conversation:{(await owner.StartConversationAsync("jubilee")).GetProperty("id").GetString()}";
        await using var hub = await HubClient.ConnectAsync(server.Address, stranger);

        var results = await hub.InvokeAsync("Subscribe", [new object[] { new { channel } }]);

        Assert.Equal("not-found", results[0].GetProperty("error").GetString());
        Assert.Equal("not-found", (await hub.InvokeRejectedAsync("GetPresence", channel)).Code);
    }

    /// <summary>
    /// Such a subscription used to be accepted, received nothing, and removed the gateway's attachment when it was cancelled.
    /// </summary>
    [Fact]
    public async Task Subscribe_OwnConversationInUpperCase_IsRejectedAndTheCorrectNameWorks()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var own = $"conversation:{(await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()}";
        var capitals = $"conversation:{own["conversation:".Length..].ToUpperInvariant()}";
        await using var hub = await HubClient.ConnectAsync(server.Address, client);

        var results = await hub.InvokeAsync("Subscribe", [new object[] { new { channel = own }, new { channel = capitals } }]);

        Assert.Equal(
            (capitals, "invalid-request"), (results[1].GetProperty("channel").GetString(), results[1].GetProperty("error").GetString()));
        await client.PostAsync(own["conversation:".Length..], "Hello");
        Assert.Equal(own, (await hub.UntilAsync("new-message"))[^1].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Subscribe_MoreChannelsThanTheLimit_IsRejected()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client);

        var refused = await hub.InvokeRejectedAsync("Subscribe", [Enumerable.Repeat(new { channel = "announcements" }, 101).ToArray()]);

        Assert.Equal(("invalid-request", "requests: At most 100 items are allowed; there are 101."), (refused.Code, refused.Text));
    }

    [Fact]
    public async Task RefreshToken_OfTheUserOrAnother_IsAcceptedOrRejected()
    {
        var (mine, alsoMine) = await TokensAsync();
        var (another, _) = await TokensAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, null, token: mine);

        await hub.InvokeVoidAsync("RefreshToken", alsoMine);
        var refused = await hub.InvokeRejectedAsync("RefreshToken", another);

        Assert.Equal(("forbidden", "The token belongs to another user."), (refused.Code, refused.Text));
    }

    /// <summary>Two tokens of a new user.</summary>
    private async Task<(string First, string Second)> TokensAsync()
    {
        using var client = server.NewClient();
        var email = $"hub-{Interlocked.Increment(ref _people)}@example.org";
        await client.RegisterAsync(email);
        return (await TokenAsync(client, email), await TokenAsync(client, email));
    }

    private static async Task<string> TokenAsync(GatewayClient client, string email) =>
        (await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email, password = GatewayClient.Password }))
        .GetProperty("accessToken").GetString()!;
}
