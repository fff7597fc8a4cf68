using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A person on a stream of events, who goes by what a client may know: ids are opaque, and the last one goes back.</summary>
internal sealed class EventPerson : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly SseParser<string> _parser;

    private EventPerson(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _events = _parser.EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
    }

    /// <summary>Of the last event.</summary>
    public string LastId => _parser.LastEventId;

    public TimeSpan Retry => _parser.ReconnectionInterval;

    public HttpResponseMessage Response => _response;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string PathOf(params string[] channels) =>
        "/api/events?" + string.Join('&', channels.Select(channel => $"channel={Uri.EscapeDataString(channel)}"));

    public static Task<EventPerson> OpenAsync(GatewayClient client, string? lastId, params string[] channels) =>
        OpenAsync(client, PathOf(channels), lastId is null ? [] : [("Last-Event-ID", lastId)]);

    public static async Task<EventPerson> OpenAsync(GatewayClient client, string path, (string Name, string Value)[] headers)
    {
        var response = await client.RawAsync(HttpMethod.Get, path, null, headers);
        if (response.StatusCode != HttpStatusCode.OK)
            Assert.Fail($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}");
        return new EventPerson(response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>The next event; null when the server has ended the stream as streams are ended.</summary>
    public async Task<JsonElement?> TryNextAsync()
    {
        if (!await _events.MoveNextAsync())
            return null;
        var frame = JsonElement.Parse(_events.Current.Data);
        Assert.Equal(TypeOf(frame), _events.Current.EventType);
        Assert.False(string.IsNullOrEmpty(_events.Current.EventId), $"An event without an id: {frame}");
        return frame;
    }

    public async Task<JsonElement> NextAsync()
    {
        var frame = await TryNextAsync();
        Assert.True(frame is not null, "The stream has ended.");
        return frame.Value;
    }

    /// <summary>All frames up to the first of this type, and that one.</summary>
    public async Task<List<JsonElement>> UntilAsync(string type)
    {
        var frames = new List<JsonElement>();
        do
            frames.Add(await NextAsync());
        while (TypeOf(frames[^1]) != type);
        return frames;
    }

    /// <summary>The code of the last event, after which the stream ends as streams are ended.</summary>
    public async Task<int> EndAsync()
    {
        JsonElement? last = null;
        while (await TryNextAsync() is { } frame)
            last = frame;
        Assert.True(last is not null, "The stream has ended without a word.");
        Assert.Equal("closing", TypeOf(last.Value));
        return last.Value.GetProperty("code").GetInt32();
    }

    public static string? TypeOf(JsonElement frame) => frame.GetProperty("type").GetString();

    /// <summary>Takes in a frame by the rule of the text, and minds nothing but a hole.</summary>
    public static void Merge(StringBuilder text, JsonElement frame)
    {
        switch (TypeOf(frame))
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

    /// <summary>Leaves without a word. A reading that waits ends with it.</summary>
    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
