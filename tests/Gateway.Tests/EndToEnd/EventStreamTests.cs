using System.Net;
using System.Text;
using System.Text.Json;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Events;
using JubileeVerse.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>What a person hears of channels without a hub.</summary>
public sealed class EventStreamTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Question = "Tell me of the stars.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_FirstEvent_SaysWhatTheLinkIs_AndNobodyMayHoldItBack()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await EventPerson.OpenAsync(client, null, "announcements");

        var connected = await link.NextAsync();

        Assert.Equal("connected", EventPerson.TypeOf(connected));
        Assert.Equal(15, connected.GetProperty("heartbeatSeconds").GetInt32());
        Assert.Equal("""{"frameBytes":0,"commandsPerSecond":0,"channels":10,"linksPerUser":10}""", connected.GetProperty("limits").GetRawText());
        Assert.Equal("no", Assert.Single(link.Response.Headers.GetValues("X-Accel-Buffering")));
        Assert.True(link.Response.Headers.CacheControl is { NoCache: true, NoTransform: true });
        Assert.InRange(link.Retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Conversation_ThatIsFollowed_BringsTheAnswerPieceByPiece()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        await using var link = await EventPerson.OpenAsync(client, null, $"conversation:{id}");
        var text = new StringBuilder();

        var posted = await client.PostAsync(id, Question);
        var frames = await link.UntilAsync("ai-response-complete");
        frames.ForEach(frame => EventPerson.Merge(text, frame));

        Assert.Contains(frames, frame => EventPerson.TypeOf(frame) == "new-message"
            && frame.GetProperty("message").GetProperty("id").GetString() == posted.GetProperty("message").GetProperty("id").GetString());
        Assert.Equal(ContentOf(frames[^1]), text.ToString());
    }

    [Fact]
    public async Task OwnChannelAndAnnouncements_AreHeardWithoutAsking()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await EventPerson.OpenAsync(client, null, "announcements");
        await link.UntilAsync("connected");

        await StartAsync(client);
        var own = (await link.UntilAsync("conversation-updated"))[^1];
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).NotifyAsync(new Notice("Heard", "info"), Cancellation);
        var notice = (await link.UntilAsync("admin-notice"))[^1];

        Assert.StartsWith("user:", own.GetProperty("channel").GetString());
        Assert.Equal("Heard", notice.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Stream_LostAtAnyPoint_GoesOnExactlyThere()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var text = new StringBuilder();
        var offsets = new List<long>();
        string? last = null;
        JsonElement? end = null;
        await using (var link = await EventPerson.OpenAsync(client, last, $"conversation:{id}"))
        {
            await link.NextAsync();
            last = link.LastId;
        }

        await client.PostAsync(id, Question);
        // Takes three events a link beside the greeting, and then drops it.
        for (var links = 0; end is null && links < 300; links++)
        {
            await using var link = await EventPerson.OpenAsync(client, last, $"conversation:{id}");
            Assert.Equal("connected", EventPerson.TypeOf(await link.NextAsync()));
            for (var i = 0; i < 3 && end is null; i++)
            {
                var frame = await link.NextAsync();
                last = link.LastId;
                Assert.NotEqual("gap", EventPerson.TypeOf(frame));
                EventPerson.Merge(text, frame);
                if (IsOf(frame, id) && frame.TryGetProperty("offset", out var offset))
                    offsets.Add(offset.GetInt64());
                if (EventPerson.TypeOf(frame) == "ai-response-complete")
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
    public async Task Stream_ThatIsResumed_BringsWhatWasMissedOnceAndInOrder(bool inTheAddress)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var channel = $"conversation:{id}";
        string last;
        await using (var link = await EventPerson.OpenAsync(client, null, channel))
        {
            await link.NextAsync();
            last = link.LastId;
        }

        await client.WholeStreamAsync((await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()!);
        await using var resumed = inTheAddress
            ? await EventPerson.OpenAsync(client, $"{EventPerson.PathOf(channel)}&lastEventId={last}", [("Last-Event-ID", "foreign")])
            : await EventPerson.OpenAsync(client, last, channel);
        var frames = (await resumed.UntilAsync("ai-response-complete")).Where(frame => IsOf(frame, id)).ToList();

        Assert.Equal(Enumerable.Range(1, frames.Count).Select(offset => (long)offset), frames.Select(frame => frame.GetProperty("offset").GetInt64()));
        Assert.Contains("new-message", frames.Select(EventPerson.TypeOf));
    }

    [Fact]
    public async Task Connected_OfAStream_SaysWhereEachChannelBegins()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var channel = $"conversation:{id}";
        await using var anew = await EventPerson.OpenAsync(client, null, channel);
        var begin = PositionOf(await anew.NextAsync(), channel);
        var last = anew.LastId;

        await client.WholeStreamAsync((await client.PostAsync(id, Question)).GetProperty("replies")[0].GetProperty("id").GetString()!);
        var page = await client.GetAsync($"/api/conversations/{id}/messages");
        await using var resumed = await EventPerson.OpenAsync(client, last, channel);
        await using var later = await EventPerson.OpenAsync(client, null, channel);
        var now = await later.NextAsync();

        Assert.Equal(begin, PositionOf(await resumed.NextAsync(), channel));
        Assert.Equal((page.GetProperty("epoch").GetString(), page.GetProperty("offset").GetInt64()), PositionOf(now, channel));
        Assert.NotEqual(begin, PositionOf(now, channel));
        Assert.Equal(["announcements", channel, "user"], now.GetProperty("positions").EnumerateArray()
            .Select(position => position.GetProperty("channel").GetString()!)
            .Select(name => name.StartsWith("user:", StringComparison.Ordinal) ? "user" : name)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stream_WithoutAnId_BeginsWithASnapshotOfWhatRuns()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        await using var early = await EventPerson.OpenAsync(client, null, $"conversation:{id}");
        await client.PostAsync(id, Question);
        await early.UntilAsync("ai-response-delta");

        await using var late = await EventPerson.OpenAsync(client, "none of ours", $"conversation:{id}");
        var frames = await late.UntilAsync("ai-response-complete");

        var text = new StringBuilder();
        frames.ForEach(frame => EventPerson.Merge(text, frame));
        Assert.Equal(["connected", "snapshot"], frames.Take(2).Select(EventPerson.TypeOf));
        Assert.Equal(ContentOf(frames[^1]), text.ToString());
    }

    [Theory]
    [InlineData("another", 7, "epoch-changed", 1)]
    [InlineData(null, 7000, "epoch-changed", 1)]
    public async Task Stream_FromWhereNothingIsKnown_BeginsWithAGap(string? epoch, long offset, string reason, long from)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = await StartAsync(client);
        var page = await client.GetAsync($"/api/conversations/{id}/messages");
        var channel = new ChannelName($"conversation:{id}");
        var cursor = new EventCursor();
        cursor.Add(new EventMark(EventCursor.KeyOf(channel), new ChannelPosition(epoch ?? page.GetProperty("epoch").GetString()!, offset), []));

        await using var link = await EventPerson.OpenAsync(client, cursor.ToString(), channel.Value);
        Assert.Equal("connected", EventPerson.TypeOf(await link.NextAsync()));
        var before = link.LastId;
        var gap = await link.NextAsync();

        Assert.Equal(("gap", reason), (EventPerson.TypeOf(gap), gap.GetProperty("reason").GetString()));
        Assert.Equal((from, page.GetProperty("offset").GetInt64()), (gap.GetProperty("from").GetInt64(), gap.GetProperty("to").GetInt64()));
        // Until it has been told, it is told again; then no more.
        await using var again = await EventPerson.OpenAsync(client, before, channel.Value);
        await again.NextAsync();
        Assert.Equal("gap", EventPerson.TypeOf(await again.NextAsync()));
        await using var after = await EventPerson.OpenAsync(client, link.LastId, channel.Value);
        await client.PostAsync(id, Question);
        Assert.Equal(["connected", "new-message"], (await after.UntilAsync("new-message")).Where(frame => !IsOwn(frame)).Select(EventPerson.TypeOf));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "1 to 10 channels are expected.")]
    [InlineData("?channel=", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=announcements&channel=nothing:7", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=conversation:00000000-0000-7000-8000-00000000000A", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=user:%2000000000-0000-7000-8000-000000000001", HttpStatusCode.BadRequest, "A channel is conversation:{id}, ")]
    [InlineData("?channel=conversation:00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "No such channel: conversation:0")]
    [InlineData("?channel=user:00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "No such channel: user:0")]
    [InlineData("?channel=channel:nothing", HttpStatusCode.NotFound, "No such channel: channel:nothing.")]
    [InlineData("?channel=announcements&channel=queue:ai-response", HttpStatusCode.Forbidden, "You may not do this. (queue:ai-response)")]
    public async Task Open_OfWhatCannotBe_IsRefusedByNameAndRule_AndLeavesNothing(string query, HttpStatusCode status, string rule)
    {
        using var client = await server.NewClient().AsGuestAsync();

        var problem = await client.GetAsync("/api/events" + query, status);

        Assert.StartsWith(rule, problem.GetProperty("errors").GetProperty("channel")[0].GetString());
        var user = UserId.Parse((await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString()!);
        Assert.Empty(server.Services.GetRequiredService<LiveConnections>().LinksOf(user));
    }

    [Fact]
    public async Task Open_OfElevenChannels_IsRefused_AndOfTenIsNot()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var channels = new List<string>();
        for (var i = 0; i < 11; i++)
            channels.Add($"conversation:{await StartAsync(client)}");

        var problem = await client.GetAsync(EventPerson.PathOf([.. channels]), HttpStatusCode.BadRequest);
        Assert.Equal("1 to 10 channels are expected.", problem.GetProperty("errors").GetProperty("channel")[0].GetString());

        await using var link = await EventPerson.OpenAsync(client, null, [.. channels[1..], channels[^1]]);
        await client.PostAsync(channels[^1]["conversation:".Length..], Question);
        var posted = (await link.UntilAsync("new-message"))[^1];
        Assert.Equal(channels[^1], posted.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Open_ByNobody_IsRefused()
    {
        using var client = server.NewClient();

        await client.GetAsync("/api/events?channel=announcements", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Open_OfAnothersConversation_IsNotFound()
    {
        using var owner = await server.NewClient().AsGuestAsync();
        using var stranger = await server.NewClient().AsGuestAsync();

        await stranger.GetAsync(EventPerson.PathOf($"conversation:{await StartAsync(owner)}"), HttpStatusCode.NotFound);
    }

    private static async Task<string> StartAsync(GatewayClient client) => (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;

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
