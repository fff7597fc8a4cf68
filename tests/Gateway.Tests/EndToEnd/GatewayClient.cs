using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>
/// An HTTP client that behaves like a browser: it keeps cookies, checks each status, and shows the whole response when another status came.
/// </summary>
public sealed class GatewayClient : IDisposable
{
    public const string Password = "Str0ngEnough";

    private readonly HttpClient _http;

    public GatewayClient(Uri address)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; }

    public string? SessionCookie
    {
        get => Cookies.GetCookies(_http.BaseAddress!)["jv.sid"]?.Value;
        set => Cookies.SetCookies(_http.BaseAddress!, $"jv.sid={value}; path=/");
    }

    public string? Token
    {
        set => _http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<GatewayClient> AsGuestAsync()
    {
        await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/auth/guest", new { });
        return this;
    }

    public async Task<JsonElement> RegisterAsync(string email) => (await SendAsync(
        HttpStatusCode.Created, HttpMethod.Post, "/api/auth/register", new { email, password = Password, displayName = "Somebody" }))
        .GetProperty("user");

    public Task<JsonElement> LogInAsync(string email, string password = Password, bool remember = false) =>
        SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/login", new { email, password, remember });

    public async Task<JsonElement> StartConversationAsync(params string[] personas) =>
        (await SendAsync(HttpStatusCode.Created, HttpMethod.Post, "/api/conversations", new { personas })).GetProperty("conversation");

    /// <summary>The slugs of the first two personas of the catalogue.</summary>
    public async Task<(string First, string Second)> TwoPersonasAsync()
    {
        var personas = (await GetAsync("/api/personas?limit=2")).GetProperty("personas");
        return (personas[0].GetProperty("slug").GetString()!, personas[1].GetProperty("slug").GetString()!);
    }

    public Task<JsonElement> PostAsync(
        string conversation, string content, string? clientMessageId = null, HttpStatusCode expected = HttpStatusCode.Accepted) =>
        SendAsync(expected, HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { content, clientMessageId });

    public Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(expected, HttpMethod.Get, path);

    public async Task<JsonElement> SendAsync(HttpStatusCode expected, HttpMethod method, string path, object? body = null)
    {
        using var response = await RawAsync(method, path, body is null ? null : JsonContent.Create(body));
        return await ReadAsync(response, expected);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(
            response.StatusCode == expected,
            $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: "
            + $"{(int)expected} expected, {(int)response.StatusCode} came: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public Task<HttpResponseMessage> RawAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>A JSON body given as text.</summary>
    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The frames of an event stream until the server ends it or the caller stops reading.</summary>
    public static async IAsyncEnumerable<(string? Id, string Type, JsonElement Frame)> EventsAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var parser = SseParser.Create(stream);
        await foreach (var item in parser.EnumerateAsync(cancellationToken))
            yield return (item.EventId ?? parser.LastEventId, item.EventType, JsonElement.Parse(item.Data));
    }

    public async Task<List<(string? Id, string Type, JsonElement Frame)>> ReadReplyStreamAsync(string reply, string? lastEventId = null)
    {
        using var response = await RawAsync(
            HttpMethod.Get, $"/api/replies/{reply}/events", null, lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        return await EventsAsync(response, Cancellation).ToListAsync(Cancellation);
    }

    public void Dispose() => _http.Dispose();
}
