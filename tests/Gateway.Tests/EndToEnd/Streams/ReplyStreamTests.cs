using System.Net;
using System.Text;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

public sealed class ReplyStreamTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ReplyIsGenerating_DeliversTheWholeText()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var events = await client.ReadReplyStreamAsync(await AskAsync(client));

        Assert.Equal("ai-response-complete", events[^1].Type);
        Assert.Equal(FinalText(events), Assemble(events));
    }

    [Fact]
    public async Task Stream_ResponseHeaders_DisableBuffering()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Get, $"/api/replies/{await AskAsync(client)}/events");

        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.True(response.Headers.CacheControl is { NoCache: true, NoTransform: true });
    }

    [Fact]
    public async Task Resume_AfterAnyEvent_ContinuesWithoutLossOrRepetition()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var reply = await AskAsync(client);
        var text = new StringBuilder();
        string? last = null;
        string? type = null;
        var connections = 0;
        // Each connection reads three events and is then dropped.
        while (type != "ai-response-complete" && connections++ < 200)
        {
            using var response = await client.RawAsync(
                HttpMethod.Get, $"/api/replies/{reply}/events", null, last is null ? [] : [("Last-Event-ID", last)]);
            if (response.StatusCode == HttpStatusCode.NoContent)
                break;
            await foreach (var item in GatewayClient.EventsAsync(response, Cancellation).Take(3))
            {
                (last, type) = (item.Id ?? last, item.Type);
                Merge(text, item.Type, item.Frame);
            }
        }

        var stored = (await client.GetAsync($"/api/replies/{reply}")).GetProperty("reply");
        Assert.Equal(stored.GetProperty("text").GetString(), text.ToString());
    }

    [Fact]
    public async Task Stream_EndedReply_IsSnapshotAndEndThenNoContent()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var reply = await AskAsync(client);
        await client.ReadReplyStreamAsync(reply);
        var events = await client.ReadReplyStreamAsync(reply);

        Assert.Equal(["snapshot", "ai-response-complete"], events.Select(item => item.Type));
        Assert.Equal(FinalText(events), events[0].Frame.GetProperty("text").GetString());
        using var again = await client.RawAsync(HttpMethod.Get, $"/api/replies/{reply}/events", null, ("Last-Event-ID", events[^1].Id!));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Post_AcceptsEventStream_StreamsTheReply()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString();
        using var response = await client.RawAsync(
            HttpMethod.Post,
            $"/api/conversations/{id}/messages",
            GatewayClient.Json("""{"content":"Hello"}"""),
            ("Accept", "text/event-stream"));
        var events = await GatewayClient.EventsAsync(response, Cancellation).ToListAsync(Cancellation);

        Assert.Equal("ai-response-complete", events[^1].Type);
        Assert.Equal(FinalText(events), Assemble(events));
        // The stream was open before the reply started, so there is no snapshot.
        Assert.Equal(
            ["ai-response-queued", "ai-response-started", "ai-response-delta", "ai-response-complete"],
            events.Select(item => item.Type).Distinct());
    }

    [Fact]
    public async Task Post_TwoPersonas_StreamsBothReplies()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var (first, second) = await client.TwoPersonasAsync();
        var id = (await client.StartConversationAsync(first, second)).GetProperty("id").GetString();
        using var response = await client.RawAsync(
            HttpMethod.Post,
            $"/api/conversations/{id}/messages",
            GatewayClient.Json($$"""{"content":"Hello","personas":["{{first}}","{{second}}"]}"""),
            ("Accept", "text/event-stream"));
        var events = await GatewayClient.EventsAsync(response, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(2, events.Count(item => item.Type == "ai-response-complete"));
        Assert.Equal(2, events.Select(item => item.Frame.GetProperty("replyId").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Stream_TwoReaders_ReceiveTheSameText()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var reply = await AskAsync(client);
        var both = await Task.WhenAll(client.ReadReplyStreamAsync(reply), client.ReadReplyStreamAsync(reply));

        Assert.Equal(Assemble(both[0]), Assemble(both[1]));
    }

    [Fact]
    public async Task Cancel_ReplyIsGenerating_EndsTheStreamAndKeepsTheText()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var reply = await AskAsync(client);
        using var response = await client.RawAsync(HttpMethod.Get, $"/api/replies/{reply}/events");
        var cancelled = (await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/replies/{reply}/cancel")).GetProperty("reply");
        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        var events = await GatewayClient.EventsAsync(response, Cancellation).ToListAsync(Cancellation);

        Assert.Equal("ai-response-cancelled", events[^1].Type);
        Assert.Equal(cancelled.GetProperty("text").GetString(), events[^1].Frame.GetProperty("text").GetString());
        var again = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/replies/{reply}/cancel");
        Assert.Equal(cancelled.ToString(), again.GetProperty("reply").ToString());
    }

    private static async Task<string> AskAsync(GatewayClient client)
    {
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        return (await client.PostAsync(id, "Tell me of the stars.")).GetProperty("replies")[0].GetProperty("id").GetString()!;
    }

    private static string? FinalText(List<(string? Id, string Type, JsonElement Frame)> events) =>
        events[^1].Frame.GetProperty("message").GetProperty("content").GetString();

    private static string Assemble(IEnumerable<(string? Id, string Type, JsonElement Frame)> events)
    {
        var text = new StringBuilder();
        foreach (var (_, type, frame) in events)
            Merge(text, type, frame);
        return text.ToString();
    }

    private static void Merge(StringBuilder text, string type, JsonElement frame)
    {
        switch (type)
        {
            case "snapshot":
                text.Clear().Append(frame.GetProperty("text").GetString());
                break;
            case "ai-response-started":
                text.Clear();
                break;
            case "ai-response-delta":
                Assert.Equal(text.Length, frame.GetProperty("textOffset").GetInt32());
                text.Append(frame.GetProperty("text").GetString());
                break;
        }
    }
}
