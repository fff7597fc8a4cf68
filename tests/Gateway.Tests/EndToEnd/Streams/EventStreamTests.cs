using System.Net;
using System.Text;
using System.Text.Json;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>What a client receives from channels over an event stream, without the hub.</summary>
public sealed class EventStreamTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Question = "Tell me of the stars.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_FirstEvent_IsConnectedWithLimitsAndUnbuffered()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var stream = await EventStreamClient.OpenAsync(client, null, "announcements");

        var connected = await stream.NextAsync();

        Assert.Equal("connected", EventStreamClient.TypeOf(connected));
        Assert.Equal(15, connected.GetProperty("heartbeatSeconds").GetInt32());
        Assert.Equal(
            """{"frameBytes":0,"commandsPerSecond":0,"channels":10,"linksPerUser":10}""", connected.GetProperty("limits").GetRawText());
        Assert.Equal("no", Assert.Single(stream.Response.Headers.GetValues("X-Accel-Buffering")));
        Assert.True(stream.Response.Headers.CacheControl is { NoCache: true, NoTransform: true });
        Assert.InRange(stream.Retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Open_Conversation_StreamsTheReplyInDeltas()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        await using var stream = await EventStreamClient.OpenAsync(client, null, $"conversation:{id}");
        var text = new StringBuilder();

        var posted = await client.PostAsync(id, Question);
        var frames = await stream.UntilAsync("ai-response-complete");
        frames.ForEach(frame => EventStreamClient.Merge(text, frame));

        Assert.Contains(frames, frame => EventStreamClient.TypeOf(frame) == "new-message"
            && frame.GetProperty("message").GetProperty("id").GetString() == posted.GetProperty("message").GetProperty("id").GetString());
        Assert.Equal(ContentOf(frames[^1]), text.ToString());
    }

    [Fact]
    public async Task Open_Announcements_AlsoDeliversTheUserChannel()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var stream = await EventStreamClient.OpenAsync(client, null, "announcements");
        await stream.UntilAsync("connected");

        await StartAsync(client);
        var own = (await stream.UntilAsync("conversation-updated"))[^1];
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).NotifyAsync(new Notice("Heard", "info"), Cancellation);
        var notice = (await stream.UntilAsync("admin-notice"))[^1];

        Assert.StartsWith("user:", own.GetProperty("channel").GetString());
        Assert.Equal("Heard", notice.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Resume_AfterAnyEvent_ContinuesWithoutLossOrRepetition()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var text = new StringBuilder();
        var offsets = new List<long>();
        string? last = null;
        JsonElement? end = null;
        await using (var stream = await EventStreamClient.OpenAsync(client, last, $"conversation:{id}"))
        {
            await stream.NextAsync();
            last = stream.LastId;
        }

        await client.PostAsync(id, Question);
        // Each connection reads three events after the connected frame and is then dropped.
        for (var connections = 0; end is null && connections < 300; connections++)
        {
            await using var stream = await EventStreamClient.OpenAsync(client, last, $"conversation:{id}");
            Assert.Equal("connected", EventStreamClient.TypeOf(await stream.NextAsync()));
            for (var i = 0; i < 3 && end is null; i++)
            {
                var frame = await stream.NextAsync();
                last = stream.LastId;
                Assert.NotEqual("gap", EventStreamClient.TypeOf(frame));
                EventStreamClient.Merge(text, frame);
                if (IsOf(frame, id) && frame.TryGetProperty("offset", out var offset))
                    offsets.Add(offset.GetInt64());
                if (EventStreamClient.TypeOf(frame) == "ai-response-complete")
                    end = frame;
            }
        }

        Assert.NotNull(end);
        Assert.StartsWith(text.ToString(), ContentOf(end.Value));
        Assert.NotEqual(0, text.Length);
        Assert.Equal(Enumerable.Range(1, offsets.Count).Select(offset => (long)offset), offsets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resume_AfterMissedEvents_DeliversThemOnceAndInOrder(bool inTheAddress)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var channel = $"conversation:{id}";
        string last;
        await using (var stream = await EventStreamClient.OpenAsync(client, null, channel))
        {
            await stream.NextAsync();
            last = stream.LastId;
        }

        await client.ReadReplyStreamAsync((await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()!);
        await using var resumed = inTheAddress
            ? await EventStreamClient.OpenAsync(
                client, $"{EventStreamClient.PathFor(channel)}&lastEventId={last}", [("Last-Event-ID", "foreign")])
            : await EventStreamClient.OpenAsync(client, last, channel);
        var frames = (await resumed.UntilAsync("ai-response-complete")).Where(frame => IsOf(frame, id)).ToList();

        Assert.Equal(
            Enumerable.Range(1, frames.Count).Select(offset => (long)offset),
            frames.Select(frame => frame.GetProperty("offset").GetInt64()));
        Assert.Contains("new-message", frames.Select(EventStreamClient.TypeOf));
    }

    [Fact]
    public async Task Open_ConnectedFrame_HasThePositionOfEachChannel()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var channel = $"conversation:{id}";
        await using var fresh = await EventStreamClient.OpenAsync(client, null, channel);
        var start = PositionOf(await fresh.NextAsync(), channel);
        var last = fresh.LastId;

        await client.ReadReplyStreamAsync((await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()!);
        var page = await client.GetAsync($"/api/conversations/{id}/messages");
        await using var resumed = await EventStreamClient.OpenAsync(client, last, channel);
        await using var later = await EventStreamClient.OpenAsync(client, null, channel);
        var now = await later.NextAsync();

        Assert.Equal(start, PositionOf(await resumed.NextAsync(), channel));
        Assert.Equal((page.GetProperty("epoch").GetString(), page.GetProperty("offset").GetInt64()), PositionOf(now, channel));
        Assert.NotEqual(start, PositionOf(now, channel));
        Assert.Equal(["announcements", channel, "user"], now.GetProperty("positions").EnumerateArray()
            .Select(position => position.GetProperty("channel").GetString()!)
            .Select(name => name.StartsWith("user:", StringComparison.Ordinal) ? "user" : name)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Open_WithoutValidEventId_BeginsWithASnapshotOfTheRunningReply()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        await using var early = await EventStreamClient.OpenAsync(client, null, $"conversation:{id}");
        await client.PostAsync(id, Question);
        await early.UntilAsync("ai-response-delta");

        await using var late = await EventStreamClient.OpenAsync(client, "none of ours", $"conversation:{id}");
        var frames = await late.UntilAsync("ai-response-complete");

        var text = new StringBuilder();
        frames.ForEach(frame => EventStreamClient.Merge(text, frame));
        Assert.Equal(["connected", "snapshot"], frames.Take(2).Select(EventStreamClient.TypeOf));
        Assert.Equal(ContentOf(frames[^1]), text.ToString());
    }

    [Theory]
    [InlineData("another", 7, "epoch-changed", 1)]
    [InlineData(null, 7000, "epoch-changed", 1)]
    public async Task Resume_FromUnknownPosition_BeginsWithAGap(string? epoch, long offset, string reason, long from)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var page = await client.GetAsync($"/api/conversations/{id}/messages");
        var channel = new ChannelName($"conversation:{id}");
        var cursor = new EventCursor();
        cursor.Add(
            new EventMark(EventCursor.KeyOf(channel), new ChannelPosition(epoch ?? page.GetProperty("epoch").GetString()!, offset), []));

        await using var stream = await EventStreamClient.OpenAsync(client, cursor.ToString(), channel.Value);
        Assert.Equal("connected", EventStreamClient.TypeOf(await stream.NextAsync()));
        var before = stream.LastId;
        var gap = await stream.NextAsync();

        Assert.Equal(("gap", reason), (EventStreamClient.TypeOf(gap), gap.GetProperty("reason").GetString()));
        Assert.Equal((from, page.GetProperty("offset").GetInt64()), (gap.GetProperty("from").GetInt64(), gap.GetProperty("to").GetInt64()));
        // The gap is repeated until the client has received it, and not after that.
        await using var again = await EventStreamClient.OpenAsync(client, before, channel.Value);
        await again.NextAsync();
        Assert.Equal("gap", EventStreamClient.TypeOf(await again.NextAsync()));
        await using var after = await EventStreamClient.OpenAsync(client, stream.LastId, channel.Value);
        await client.PostAsync(id, Question);
        Assert.Equal(
            ["connected", "new-message"],
            (await after.UntilAsync("new-message")).Where(frame => !IsOwn(frame)).Select(EventStreamClient.TypeOf));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "1 to 10 channels are expected.")]
    [InlineData("?channel=", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=announcements&channel=nothing:7", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData(
        "?channel=conversation:00000000-0000-7000-8000-00000000000A", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=user:%2000000000-0000-7000-8000-000000000001", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=conversation:00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "No such channel: conversation:0")]
    [InlineData("?channel=user:00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "No such channel: user:0")]
    [InlineData("?channel=channel:nothing", HttpStatusCode.NotFound, "No such channel: channel:nothing.")]
    [InlineData("?channel=announcements&channel=queue:ai-response", HttpStatusCode.Forbidden,
        "You are not allowed to do this. (queue:ai-response)")]
    public async Task Open_InvalidChannels_IsRejectedWithTheRuleAndLeavesNoConnection(string query, HttpStatusCode status, string rule)
    {
        using var client = await server.NewClient().AsGuestAsync();

        var problem = await client.GetAsync("/api/events" + query, status);

        Assert.StartsWith(rule, problem.GetProperty("errors").GetProperty("channel")[0].GetString());
        var user = UserId.Parse((await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString()!);
        Assert.Empty(server.Services.GetRequiredService<LiveConnections>().UserConnectionsOf(user));
    }

    [Fact]
    public async Task Open_ElevenChannels_IsRejectedAndTenAreAccepted()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var channels = new List<string>();
        for (var i = 0; i < 11; i++)
            channels.Add($"conversation:{await StartAsync(client)}");

        var problem = await client.GetAsync(EventStreamClient.PathFor([.. channels]), HttpStatusCode.BadRequest);
        Assert.Equal("1 to 10 channels are expected.", problem.GetProperty("errors").GetProperty("channel")[0].GetString());

        await using var stream = await EventStreamClient.OpenAsync(client, null, [.. channels[1..], channels[^1]]);
        await client.PostAsync(channels[^1]["conversation:".Length..], Question);
        var posted = (await stream.UntilAsync("new-message"))[^1];
        Assert.Equal(channels[^1], posted.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Open_Unauthenticated_IsRejected()
    {
        using var client = server.NewClient();

        await client.GetAsync("/api/events?channel=announcements", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Open_ConversationOfAnotherUser_IsNotFound()
    {
        using var owner = await server.NewClient().AsGuestAsync();
        using var stranger = await server.NewClient().AsGuestAsync();

        await stranger.GetAsync(EventStreamClient.PathFor($"conversation:{await StartAsync(owner)}"), HttpStatusCode.NotFound);
    }

    private static async Task<string> StartAsync(GatewayClient client) =>
        (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;

    private static bool IsOf(JsonElement frame, string conversation) =>
        frame.TryGetProperty("channel", out var channel) && channel.GetString() == $"conversation:{conversation}";

    private static bool IsOwn(JsonElement frame) =>
        frame.TryGetProperty("channel", out var channel) && channel.GetString()!.StartsWith("user:", StringComparison.Ordinal);

    private static (string?, long) PositionOf(JsonElement connected, string channel)
    {
        var position = connected.GetProperty("positions").EnumerateArray().Single(one => one.GetProperty("channel").GetString() == channel);
        return (position.GetProperty("epoch").GetString(), position.GetProperty("offset").GetInt64());
    }

    private static string ContentOf(JsonElement completed) => completed.GetProperty("message").GetProperty("content").GetString()!;
}
