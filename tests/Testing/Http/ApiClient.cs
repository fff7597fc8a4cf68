using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// A person at the API, with a session in a cookie, as any client would speak to it: over HTTP and JSON, knowing none of the server's types.
/// </summary>
public sealed class ApiClient : IDisposable
{
    private const string EventStream = "text/event-stream";

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Streams last for as long as an answer does; the caller's token is what ends a request.</summary>
    private readonly HttpClient _http;
    private readonly Func<Uri> _address;

    /// <param name="address">Where the server is; asked before each request, because a restarted one may be elsewhere.</param>
    /// <param name="wrap">What stands between the client and the network, made round the handler that holds the cookies; null is nothing.</param>
    public ApiClient(Func<Uri> address, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        _address = address;
        HttpMessageHandler handler = new SocketsHttpHandler { CookieContainer = Cookies };
        _http = new HttpClient(wrap is null ? handler : wrap(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The session's among them.</summary>
    public CookieContainer Cookies { get; } = new();

    public static async Task<ApiClient> SignInAsGuestAsync(Func<Uri> address, CancellationToken cancellationToken)
    {
        var client = new ApiClient(address);
        var answer = await client.SendAsync(HttpMethod.Post, "/api/auth/guest", new { displayName = "Guest" }, cancellationToken);
        answer.ShouldBe(HttpStatusCode.Created);
        return client;
    }

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends the body as JSON; null sends none.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body, options: Json), cancellationToken);

    /// <summary>Sends text that claims to be JSON.</summary>
    public Task<ApiAnswer> SendTextAsync(HttpMethod method, string path, string body, CancellationToken cancellationToken) =>
        SendContentAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);

    /// <returns>The conversation's id.</returns>
    public async Task<string> StartConversationAsync(CancellationToken cancellationToken, string persona = "jubilee")
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/conversations", new { personas = new[] { persona } }, cancellationToken);
        answer.ShouldBe(HttpStatusCode.Created);
        return answer.Body.GetProperty("conversation").GetProperty("id").GetString()!;
    }

    public Task<ApiAnswer> PostAsync(string conversationId, string content, CancellationToken cancellationToken, string? clientMessageId = null) =>
        SendAsync(HttpMethod.Post, $"/api/conversations/{conversationId}/messages", new { content, clientMessageId }, cancellationToken);

    /// <summary>Posts what must be accepted.</summary>
    public async Task<PostedTurn> AskAsync(string conversationId, string content, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(conversationId, content, cancellationToken);
        answer.ShouldBe(HttpStatusCode.Accepted);
        return answer.Read<PostedTurn>();
    }

    /// <summary>All messages of a conversation, oldest first; 100 at most, which no test exceeds.</summary>
    public async Task<IReadOnlyList<ApiMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/api/conversations/{conversationId}/messages?limit=100", cancellationToken);
        answer.ShouldBe(HttpStatusCode.OK);
        return [.. answer.Body.GetProperty("messages").Deserialize<List<ApiMessage>>(Json)!.OrderBy(message => message.Seq)];
    }

    public async Task<ApiReply> ReplyAsync(string replyId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/api/replies/{replyId}", cancellationToken);
        answer.ShouldBe(HttpStatusCode.OK);
        return answer.Body.GetProperty("reply").Deserialize<ApiReply>(Json)!;
    }

    /// <summary>Asks again and again until the reply is as wanted.</summary>
    public async Task<ApiReply> UntilReplyAsync(string replyId, Func<ApiReply, bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PollPeriod);
        ApiReply? last = null;
        try
        {
            while (true)
            {
                last = await ReplyAsync(replyId, cancellationToken);
                if (condition(last))
                    return last;
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The reply did not become what was waited for; it was last seen as {last?.ToString() ?? "nothing"}.", e);
        }
    }

    /// <summary>Waits for the reply's end, whichever it is.</summary>
    public Task<ApiReply> EndOfAsync(string replyId, CancellationToken cancellationToken) =>
        UntilReplyAsync(replyId, reply => reply.HasEnded, cancellationToken);

    /// <summary>Waits until some, but surely not all, of the reply's text is there.</summary>
    public Task<ApiReply> UntilSpeakingAsync(string replyId, CancellationToken cancellationToken) =>
        UntilReplyAsync(replyId, reply => reply is { Status: "generating", Text.Length: > 10 }, cancellationToken);

    /// <summary>The reply's stream, until the server ends it or the caller leaves. A 204 is an empty stream.</summary>
    public async IAsyncEnumerable<ApiEvent> StreamAsync(
        string replyId, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await OpenStreamAsync(replyId, lastEventId, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
            yield break;
        Assert.Equal(EventStream, response.Content.Headers.ContentType?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in ApiEvent.ReadAsync(body, cancellationToken))
            yield return item;
    }

    /// <summary>Posts, and reads the reply's stream as the answer to the post.</summary>
    public async IAsyncEnumerable<ApiEvent> AskAndListenAsync(
        string conversationId, string content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address(), $"/api/conversations/{conversationId}/messages"))
        {
            Content = JsonContent.Create(new { content }, options: Json),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(EventStream, response.Content.Headers.ContentType?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in ApiEvent.ReadAsync(body, cancellationToken))
            yield return item;
    }

    /// <summary>The answer to a request for the stream, its body not read yet.</summary>
    public Task<HttpResponseMessage> OpenStreamAsync(string replyId, string? lastEventId, CancellationToken cancellationToken) =>
        OpenEventsAsync($"/api/replies/{replyId}/events", lastEventId, cancellationToken);

    /// <summary>The answer to a request for the events of channels, its body not read yet.</summary>
    public Task<HttpResponseMessage> OpenChannelsAsync(IEnumerable<string> channels, string? lastEventId, CancellationToken cancellationToken) =>
        OpenEventsAsync($"/api/events?{string.Join('&', channels.Select(channel => $"channel={Uri.EscapeDataString(channel)}"))}", lastEventId, cancellationToken);

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> OpenEventsAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address(), path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<ApiAnswer> SendContentAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address(), path)) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        return await ApiAnswer.ReadAsync(response, cancellationToken);
    }
}
