using System.Text;
using System.Text.Json;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>What a person can do on a link, in both protocols.</summary>
public sealed class HubTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Question = "Tell me of the stars.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_FirstFrame_SaysWhatTheLinkMayDo(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);

        var connected = await link.NextAsync();

        Assert.Equal("connected", HubPerson.TypeOf(connected));
        Assert.NotEqual("", connected.GetProperty("connectionId").GetString());
        Assert.Equal(15, connected.GetProperty("heartbeatSeconds").GetInt32());
        Assert.Equal(
            """{"frameBytes":65536,"commandsPerSecond":20,"channels":100,"linksPerUser":10}""", connected.GetProperty("limits").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendMessage_OnASubscribedConversation_BringsTheAnswerPieceByPiece(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await link.SubscribeAsync($"conversation:{id}");

        var posted = await link.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });
        var frames = await link.UntilAsync("ai-response-complete");

        var reply = posted.GetProperty("replies")[0].GetProperty("id").GetString();
        Assert.Contains(frames, frame => HubPerson.TypeOf(frame) == "new-message"
            && frame.GetProperty("message").GetProperty("id").GetString() == posted.GetProperty("message").GetProperty("id").GetString());
        Assert.Equal(reply, frames[^1].GetProperty("replyId").GetString());
        Assert.Equal(frames[^1].GetProperty("message").GetProperty("content").GetString(), Assemble(frames));
        // The link was there before the reply.
        var types = frames.Select(HubPerson.TypeOf).Where(type => type is "snapshot" || type!.StartsWith("ai-", StringComparison.Ordinal));
        Assert.Equal(["ai-response-queued", "ai-response-started", "ai-response-delta", "ai-response-complete"], types.Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendMessage_Twice_IsOneMessage(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);

        var first = await link.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });
        var second = await link.InvokeAsync("SendMessage", new { conversationId = id, content = Question, clientMessageId = "m-1" });

        Assert.Equal(first.GetProperty("message").GetRawText(), second.GetProperty("message").GetRawText());
    }

    [Fact]
    public async Task Subscribe_FromAPosition_BringsWhatWasMissed_TheSameInBothProtocols()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var plain = await HubPerson.ConnectAsync(server.Address, client);
        await using var packed = await HubPerson.ConnectAsync(server.Address, client, packed: true);
        var id = await StartAsync(client);
        var before = await client.GetAsync($"/api/conversations/{id}/messages");
        await AnsweredAsync(client, plain, id);

        var (epoch, offset) = (before.GetProperty("epoch").GetString(), before.GetProperty("offset").GetInt64());
        var answer = await plain.SubscribeAsync($"conversation:{id}", epoch, offset);
        var same = await packed.SubscribeAsync($"conversation:{id}", epoch, offset);

        Assert.True(answer.GetProperty("recovered").GetBoolean(), answer.ToString());
        var events = answer.GetProperty("events").EnumerateArray().ToArray();
        Assert.Contains(events, frame => HubPerson.TypeOf(frame) == "ai-response-complete");
        Assert.Equal(Enumerable.Range(1, events.Length).Select(step => offset + step), events.Select(frame => frame.GetProperty("offset").GetInt64()));
        Assert.True(JsonElement.DeepEquals(answer, same), $"{answer} is not {same}");
    }

    [Fact]
    public async Task Subscribe_WithAnotherEpoch_IsNotRecoveredAndBringsNothing()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client);
        var id = await StartAsync(client);
        await AnsweredAsync(client, link, id);

        var answer = await link.SubscribeAsync($"conversation:{id}", "another", 1);

        Assert.False(answer.GetProperty("recovered").GetBoolean());
        Assert.Equal(0, answer.GetProperty("events").GetArrayLength());
        Assert.True(answer.GetProperty("offset").GetInt64() > 0);
    }

    [Fact]
    public async Task Frames_OfOneConversation_AreTheSameInBothProtocols()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var plain = await HubPerson.ConnectAsync(server.Address, client);
        await using var packed = await HubPerson.ConnectAsync(server.Address, client, packed: true);
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
    public async Task Unsubscribe_OneChannel_BringsNothingMoreOfIt(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var (left, kept) = (await StartAsync(client), await StartAsync(client));
        await link.SubscribeAsync($"conversation:{left}");
        await link.SubscribeAsync($"conversation:{kept}");

        await link.DoAsync("Unsubscribe", new object[] { new[] { $"conversation:{left}" } });
        await AnsweredAsync(client, null, left);
        await client.PostAsync(kept, Question);
        var frames = await link.UntilAsync("ai-response-complete");

        // The person's own channel goes on telling of all their conversations.
        Assert.DoesNotContain(frames, frame => frame.TryGetProperty("channel", out var channel) && channel.GetString() == $"conversation:{left}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelReply_WhileItIsMade_IsAnsweredAndTold_AndAgainIsTheSame(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await link.SubscribeAsync($"conversation:{id}");
        var reply = (await link.InvokeAsync("SendMessage", new { conversationId = id, content = Question }))
            .GetProperty("replies")[0].GetProperty("id").GetString();

        var cancelled = (await link.InvokeAsync("CancelReply", reply)).GetProperty("reply");
        var frames = await link.UntilAsync("ai-response-cancelled");
        var again = (await link.InvokeAsync("CancelReply", reply)).GetProperty("reply");

        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        Assert.Equal(cancelled.GetProperty("text").GetString(), frames[^1].GetProperty("text").GetString());
        Assert.True(JsonElement.DeepEquals(cancelled, again), $"{cancelled} is not {again}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RegenerateReply_OfAnAnswer_MakesAnother(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        var answer = await AnsweredAsync(client, null, id);

        var posted = await link.InvokeAsync("RegenerateReply", answer);

        var reply = posted.GetProperty("replies")[0].GetProperty("id").GetString()!;
        Assert.Equal("ai-response-complete", (await client.WholeStreamAsync(reply))[^1].Type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MarkRead_UpToTheAnswer_LeavesNothingUnread(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var id = await StartAsync(client);
        await link.SubscribeAsync($"conversation:{id}");
        await AnsweredAsync(client, null, id);
        var last = (await client.GetAsync($"/api/conversations/{id}/messages")).GetProperty("messages").EnumerateArray().Last();

        await link.DoAsync("MarkRead", id, last.GetProperty("seq").GetInt64());

        var listed = (await client.GetAsync("/api/conversations")).GetProperty("conversations")[0];
        Assert.Equal(0, listed.GetProperty("unread").GetInt32());
        Assert.Equal(last.GetProperty("seq").GetInt64(), (await link.UntilAsync("read"))[^1].GetProperty("seq").GetInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetPresence_OfOnesOwnConversation_IsThePerson(bool packed)
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await HubPerson.ConnectAsync(server.Address, client, packed);
        var me = (await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString();
        var channel = $"conversation:{await StartAsync(client)}";

        var presence = await link.InvokeAsync("GetPresence", channel);

        Assert.Equal(channel, presence.GetProperty("channel").GetString());
        Assert.Equal(me, Assert.Single(presence.GetProperty("users").EnumerateArray()).GetString());
    }

    private static async Task<string> StartAsync(GatewayClient client) =>
        (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;

    /// <summary>Posts and waits for the end of the answer, whose id it gives.</summary>
    private static async Task<string> AnsweredAsync(GatewayClient client, HubPerson? link, string id)
    {
        var reply = link is null
            ? (await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()
            : (await link.InvokeAsync("SendMessage", new { conversationId = id, content = Question })).GetProperty("replies")[0].GetProperty("id").GetString();
        var events = await client.WholeStreamAsync(reply!);
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
            if (HubPerson.TypeOf(frame) is "ai-response-started")
                text.Clear();
            else if (HubPerson.TypeOf(frame) is "snapshot")
                text.Clear().Append(frame.GetProperty("text").GetString());
            else if (HubPerson.TypeOf(frame) is "ai-response-delta")
                text.Append(frame.GetProperty("text").GetString());
        }

        return text.ToString();
    }
}
