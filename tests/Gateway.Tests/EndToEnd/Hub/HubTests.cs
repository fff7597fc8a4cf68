using System.Text;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>The commands of the hub, in both protocols.</summary>
public sealed class HubTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Question = "Tell me of the stars.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_FirstFrame_HasIdHeartbeatAndLimits(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);

        var connected = await hub.NextAsync();

        Assert.Equal("connected", HubClient.TypeOf(connected));
        Assert.NotEqual("", connected.GetProperty("connectionId").GetString());
        Assert.Equal(15, connected.GetProperty("heartbeatSeconds").GetInt32());
        Assert.Equal(
            """{"frameBytes":65536,"commandsPerSecond":20,"channels":100,"linksPerUser":10}""",
            connected.GetProperty("limits").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendMessage_SubscribedConversation_StreamsTheReplyInDeltas(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await hub.SubscribeAsync($"conversation:{id}");

        var posted = await hub.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });
        var frames = await hub.UntilAsync("ai-response-complete");

        var reply = posted.GetProperty("replies")[0].GetProperty("id").GetString();
        Assert.Contains(frames, frame => HubClient.TypeOf(frame) == "new-message"
            && frame.GetProperty("message").GetProperty("id").GetString() == posted.GetProperty("message").GetProperty("id").GetString());
        Assert.Equal(reply, frames[^1].GetProperty("replyId").GetString());
        Assert.Equal(frames[^1].GetProperty("message").GetProperty("content").GetString(), Assemble(frames));
        // The connection subscribed before the reply was requested, so it receives all frames and no snapshot.
        var types = frames.Select(HubClient.TypeOf).Where(type => type is "snapshot" || type!.StartsWith("ai-", StringComparison.Ordinal));
        Assert.Equal(["ai-response-queued", "ai-response-started", "ai-response-delta", "ai-response-complete"], types.Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendMessage_SameClientMessageId_StoresOneMessage(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);

        var first = await hub.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });
        var second = await hub.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });

        Assert.Equal(first.GetProperty("message").GetRawText(), second.GetProperty("message").GetRawText());
    }

    [Fact]
    public async Task Subscribe_FromAPosition_ReturnsTheSameMissedEventsInBothProtocols()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var plain = await HubClient.ConnectAsync(server.Address, client);
        await using var packed = await HubClient.ConnectAsync(server.Address, client, packed: true);
        var id = await StartAsync(client);
        var before = await client.GetAsync($"/api/conversations/{id}/messages");
        await PostAndCompleteAsync(client, plain, id);

        var (epoch, offset) = (before.GetProperty("epoch").GetString(), before.GetProperty("offset").GetInt64());
        var result = await plain.SubscribeAsync($"conversation:{id}", epoch, offset);
        var same = await packed.SubscribeAsync($"conversation:{id}", epoch, offset);

        Assert.True(result.GetProperty("recovered").GetBoolean(), result.ToString());
        var events = result.GetProperty("events").EnumerateArray().ToArray();
        Assert.Contains(events, frame => HubClient.TypeOf(frame) == "ai-response-complete");
        Assert.Equal(
            Enumerable.Range(1, events.Length).Select(step => offset + step),
            events.Select(frame => frame.GetProperty("offset").GetInt64()));
        Assert.True(JsonElement.DeepEquals(result, same), $"{result} is not {same}");
    }

    [Fact]
    public async Task Subscribe_UnknownEpoch_IsNotRecoveredAndReturnsNoEvents()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client);
        var id = await StartAsync(client);
        await PostAndCompleteAsync(client, hub, id);

        var result = await hub.SubscribeAsync($"conversation:{id}", "another", 1);

        Assert.False(result.GetProperty("recovered").GetBoolean());
        Assert.Equal(0, result.GetProperty("events").GetArrayLength());
        Assert.True(result.GetProperty("offset").GetInt64() > 0);
    }

    [Fact]
    public async Task Frames_OfOneConversation_AreTheSameInBothProtocols()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var plain = await HubClient.ConnectAsync(server.Address, client);
        await using var packed = await HubClient.ConnectAsync(server.Address, client, packed: true);
        var id = await StartAsync(client);
        await plain.SubscribeAsync($"conversation:{id}");
        await packed.SubscribeAsync($"conversation:{id}");

        await client.PostAsync(id, Question);
        var one = await plain.UntilAsync("ai-response-complete");
        var other = await packed.UntilAsync("ai-response-complete");

        Assert.Equal(Assemble(one), Assemble(other));
        Assert.True(JsonElement.DeepEquals(Durable(one), Durable(other)), $"{Durable(one)} is not {Durable(other)}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unsubscribe_OneChannel_StopsItsFrames(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var (removed, kept) = (await StartAsync(client), await StartAsync(client));
        await hub.SubscribeAsync($"conversation:{removed}");
        await hub.SubscribeAsync($"conversation:{kept}");

        await hub.InvokeVoidAsync("Unsubscribe", new object[] { new[] { $"conversation:{removed}" } });
        await PostAndCompleteAsync(client, null, removed);
        await client.PostAsync(kept, Question);
        var frames = await hub.UntilAsync("ai-response-complete");

        // The user's own channel still publishes changes of all their conversations.
        Assert.DoesNotContain(
            frames, frame => frame.TryGetProperty("channel", out var channel) && channel.GetString() == $"conversation:{removed}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelReply_Generating_ReturnsAndPublishesTheCancelledReplyIdempotently(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await hub.SubscribeAsync($"conversation:{id}");
        var reply = (await hub.InvokeAsync("SendMessage", new { conversationId = id, content = Question }))
            .GetProperty("replies")[0].GetProperty("id").GetString();

        var cancelled = (await hub.InvokeAsync("CancelReply", reply)).GetProperty("reply");
        var frames = await hub.UntilAsync("ai-response-cancelled");
        var again = (await hub.InvokeAsync("CancelReply", reply)).GetProperty("reply");

        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        Assert.Equal(cancelled.GetProperty("text").GetString(), frames[^1].GetProperty("text").GetString());
        Assert.True(JsonElement.DeepEquals(cancelled, again), $"{cancelled} is not {again}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RegenerateReply_CompletedReply_GeneratesAnother(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        var message = await PostAndCompleteAsync(client, null, id);

        var posted = await hub.InvokeAsync("RegenerateReply", message);

        var reply = posted.GetProperty("replies")[0].GetProperty("id").GetString()!;
        Assert.Equal("ai-response-complete", (await client.ReadReplyStreamAsync(reply))[^1].Type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MarkRead_UpToTheReply_LeavesNothingUnread(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await hub.SubscribeAsync($"conversation:{id}");
        await PostAndCompleteAsync(client, null, id);
        var last = (await client.GetAsync($"/api/conversations/{id}/messages")).GetProperty("messages").EnumerateArray().Last();

        await hub.InvokeVoidAsync("MarkRead", id, last.GetProperty("seq").GetInt64());

        var listed = (await client.GetAsync("/api/conversations")).GetProperty("conversations")[0];
        Assert.Equal(0, listed.GetProperty("unread").GetInt32());
        Assert.Equal(last.GetProperty("seq").GetInt64(), (await hub.UntilAsync("read"))[^1].GetProperty("seq").GetInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetPresence_OwnConversation_ReturnsTheUser(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var hub = await HubClient.ConnectAsync(server.Address, client, packed);
        var me = (await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString();
        var channel = $"conversation:{await StartAsync(client)}";

        var presence = await hub.InvokeAsync("GetPresence", channel);

        Assert.Equal(channel, presence.GetProperty("channel").GetString());
        Assert.Equal(me, Assert.Single(presence.GetProperty("users").EnumerateArray()).GetString());
    }

    private static async Task<string> StartAsync(GatewayClient client) =>
        (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;

    /// <summary>Posts, waits for the end of the reply, and returns the id of the reply's message.</summary>
    private static async Task<string> PostAndCompleteAsync(GatewayClient client, HubClient? hub, string id)
    {
        var reply = hub is null
            ? (await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()
            : (await hub.InvokeAsync("SendMessage", new { conversationId = id, content = Question }))
                .GetProperty("replies")[0].GetProperty("id").GetString();
        var events = await client.ReadReplyStreamAsync(reply!);
        Assert.Equal("ai-response-complete", events[^1].Type);
        return events[^1].Frame.GetProperty("message").GetProperty("id").GetString()!;
    }

    private static JsonElement Durable(IEnumerable<JsonElement> frames) =>
        JsonSerializer.SerializeToElement(frames.Where(frame => frame.TryGetProperty("offset", out _)));

    private static string Assemble(IEnumerable<JsonElement> frames)
    {
        var text = new StringBuilder();
        foreach (var frame in frames)
        {
            if (HubClient.TypeOf(frame) is "ai-response-started")
                text.Clear();
            else if (HubClient.TypeOf(frame) is "snapshot")
                text.Clear().Append(frame.GetProperty("text").GetString());
            else if (HubClient.TypeOf(frame) is "ai-response-delta")
                text.Append(frame.GetProperty("text").GetString());
        }

        return text.ToString();
    }
}
