using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// A client of the API with a session cookie. It uses HTTP and JSON only and none of the server's types, as any other client would.
/// </summary>
public sealed class ApiClient : IDisposable
{
    private const string EventStream = "text/event-stream";

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>It has no timeout, because a stream lasts as long as its reply; the caller's token ends a request.</summary>
    private readonly HttpClient _http;
    private readonly Func<Uri> _address;

    /// <param name="address">The address of the server; it is evaluated for each request, because a restarted server may have another
    /// one.</param>
    /// <param name="wrap">Wraps the handler that holds the cookies; null wraps nothing.</param>
    public ApiClient(Func<Uri> address, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        _address = address;
        HttpMessageHandler handler = new SocketsHttpHandler { CookieContainer = Cookies };
        _http = new HttpClient(wrap is null ? handler : wrap(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The cookies, the session's among them.</summary>
    public CookieContainer Cookies { get; } = new();

    public static async Task<ApiClient> SignInAsGuestAsync(Func<Uri> address, CancellationToken cancellationToken)
    {
        var client = new ApiClient(address);
        var response = await client.SendAsync(HttpMethod.Post, "/api/auth/guest", new { displayName = "Guest" }, cancellationToken);
        response.ShouldBe(HttpStatusCode.Created);
        return client;
    }

    public Task<ApiResponse> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends the body as JSON; null sends none.</summary>
    public Task<ApiResponse> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body, options: Json), cancellationToken);

    /// <summary>Sends text with the content type of JSON.</summary>
    public Task<ApiResponse> SendTextAsync(HttpMethod method, string path, string body, CancellationToken cancellationToken) =>
        SendContentAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);

    /// <returns>The conversation's id.</returns>
    public async Task<string> StartConversationAsync(CancellationToken cancellationToken, string persona = "jubilee")
    {
        var response = await SendAsync(HttpMethod.Post, "/api/conversations", new { personas = new[] { persona } }, cancellationToken);
        response.ShouldBe(HttpStatusCode.Created);
        return response.Body.GetProperty("conversation").GetProperty("id").GetString()!;
    }

    public Task<ApiResponse> PostAsync(
        string conversationId, string content, CancellationToken cancellationToken, string? clientMessageId = null) =>
        SendAsync(HttpMethod.Post, $"/api/conversations/{conversationId}/messages", new { content, clientMessageId }, cancellationToken);

    /// <summary>Posts a message that must be accepted.</summary>
    public async Task<PostedTurn> AskAsync(string conversationId, string content, CancellationToken cancellationToken)
    {
        var response = await PostAsync(conversationId, content, cancellationToken);
        response.ShouldBe(HttpStatusCode.Accepted);
        return response.Read<PostedTurn>();
    }

    /// <summary>All messages of a conversation, oldest first; 100 at most, which no test exceeds.</summary>
    public async Task<IReadOnlyList<ApiMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken)
    {
        var response = await GetAsync($"/api/conversations/{conversationId}/messages?limit=100", cancellationToken);
        response.ShouldBe(HttpStatusCode.OK);
        return [.. response.Body.GetProperty("messages").Deserialize<List<ApiMessage>>(Json)!.OrderBy(message => message.Seq)];
    }

    public async Task<ApiReply> ReplyAsync(string replyId, CancellationToken cancellationToken)
    {
        var response = await GetAsync($"/api/replies/{replyId}", cancellationToken);
        response.ShouldBe(HttpStatusCode.OK);
        return response.Body.GetProperty("reply").Deserialize<ApiReply>(Json)!;
    }

    /// <summary>Polls the reply until the condition holds.</summary>
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
            throw new TimeoutException(
                $"The reply did not become what was waited for; it was last seen as {last?.ToString() ?? "nothing"}.", e);
        }
    }

    /// <summary>Polls until the reply has ended, with any status.</summary>
    public Task<ApiReply> EndOfAsync(string replyId, CancellationToken cancellationToken) =>
        UntilReplyAsync(replyId, reply => reply.HasEnded, cancellationToken);

    /// <summary>Polls until a part of the reply's text is there, while the reply is still generating.</summary>
    public Task<ApiReply> UntilGeneratingAsync(string replyId, CancellationToken cancellationToken) =>
        UntilReplyAsync(replyId, reply => reply is { Status: "generating", Text.Length: > 10 }, cancellationToken);

    /// <summary>The reply's stream until the server ends it or the caller stops reading. A 204 is an empty stream.</summary>
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

    /// <summary>Posts and reads the reply's stream from the response to the post.</summary>
    public async IAsyncEnumerable<ApiEvent> PostAndStreamAsync(
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

    /// <summary>The response to a request for a reply's stream; its body is not read yet.</summary>
    public Task<HttpResponseMessage> OpenStreamAsync(string replyId, string? lastEventId, CancellationToken cancellationToken) =>
        OpenEventsAsync($"/api/replies/{replyId}/events", lastEventId, cancellationToken);

    /// <summary>The response to a request for the events of channels; its body is not read yet.</summary>
    public Task<HttpResponseMessage> OpenChannelsAsync(
        IEnumerable<string> channels, string? lastEventId, CancellationToken cancellationToken) =>
        OpenEventsAsync(
            $"/api/events?{string.Join('&', channels.Select(channel => $"channel={Uri.EscapeDataString(channel)}"))}",
            lastEventId,
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> OpenEventsAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address(), path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<ApiResponse> SendContentAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address(), path)) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        return await ApiResponse.ReadAsync(response, cancellationToken);
    }
}
