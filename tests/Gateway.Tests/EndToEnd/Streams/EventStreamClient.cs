using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>
/// A client of an event stream that relies only on what clients may know: ids are opaque, and the last one is sent back to resume.
/// </summary>
internal sealed class EventStreamClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly SseParser<string> _parser;

    private EventStreamClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _events = _parser.EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
    }

    /// <summary>The id of the last event.</summary>
    public string LastId => _parser.LastEventId;

    public TimeSpan Retry => _parser.ReconnectionInterval;

    public HttpResponseMessage Response => _response;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string PathFor(params string[] channels) =>
        "/api/events?" + string.Join('&', channels.Select(channel => $"channel={Uri.EscapeDataString(channel)}"));

    public static Task<EventStreamClient> OpenAsync(GatewayClient client, string? lastId, params string[] channels) =>
        OpenAsync(client, PathFor(channels), lastId is null ? [] : [("Last-Event-ID", lastId)]);

    public static async Task<EventStreamClient> OpenAsync(GatewayClient client, string path, (string Name, string Value)[] headers)
    {
        var response = await client.RawAsync(HttpMethod.Get, path, null, headers);
        if (response.StatusCode != HttpStatusCode.OK)
            Assert.Fail($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}");
        return new EventStreamClient(response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>The next event; null when the server has ended the stream regularly.</summary>
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

    /// <summary>All frames up to and including the first of this type.</summary>
    public async Task<List<JsonElement>> UntilAsync(string type)
    {
        var frames = new List<JsonElement>();
        do
            frames.Add(await NextAsync());
        while (TypeOf(frames[^1]) != type);
        return frames;
    }

    /// <summary>Reads to the regular end of the stream and returns the code of its last event, which must be a closing event.</summary>
    public async Task<int> ReadCloseCodeAsync()
    {
        JsonElement? last = null;
        while (await TryNextAsync() is { } frame)
            last = frame;
        Assert.True(last is not null, "The stream has ended without a word.");
        Assert.Equal("closing", TypeOf(last.Value));
        var code = last.Value.GetProperty("code").GetInt32();
        Assert.Equal(CloseCodes.FindReason(code), last.Value.GetProperty("reason").GetString());
        return code;
    }

    public static string? TypeOf(JsonElement frame) => frame.GetProperty("type").GetString();

    /// <summary>Applies a frame to the text; a gap in the text fails the test.</summary>
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

    /// <summary>Disconnects without notice; this also ends a pending read.</summary>
    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
