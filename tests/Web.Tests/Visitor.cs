using System.Collections.Concurrent;
using System.Text.Json;

namespace JubileeVerse.Web.Tests;

/// <summary>A visitor with a browser profile: the actions on the page and the elements that it shows.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>Every page requests the current user first. For a new visitor the response is 401, which browsers log.</summary>
    private const string CurrentUserPath = "/api/auth/me";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _consoleErrors = [];
    private readonly ConcurrentQueue<string> _replyStreams = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/events", StringComparison.Ordinal))
                _replyStreams.Enqueue(request.Url);
        };
        page.PageError += (_, error) => _consoleErrors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error"
                && !message.Location.Contains(CurrentUserPath, StringComparison.Ordinal)
                && !IsExpected(message.Text))
                _consoleErrors.Enqueue($"{message.Text} ({message.Location})");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the page and its console, including violations of the content security policy.</summary>
    public IReadOnlyCollection<string> ConsoleErrors => _consoleErrors;

    /// <summary>The event streams of replies that the page has opened; empty unless no connection could be opened.</summary>
    public IReadOnlyCollection<string> ReplyStreams => _replyStreams;

    /// <summary>Ignores network errors, for tests that stop the server: browsers log each failed request.</summary>
    public bool IgnoreNetworkErrors { get; set; }

    /// <summary>Ignores 401 responses, for tests that end the session: browsers log each of them.</summary>
    public bool IgnoreUnauthorizedErrors { get; set; }

    public ILocator Composer => Page.GetByTestId("composer");

    public ILocator Stop => Page.GetByTestId("stop");

    public ILocator Conversations => Page.GetByTestId("conversation-item");

    public ILocator UserMessages => Page.Locator("[data-testid=message][data-role=user]");

    public ILocator Replies => Page.Locator("[data-testid=message][data-role=assistant]");

    /// <summary>The id of the open conversation.</summary>
    public string ConversationId => Page.Url[(Page.Url.LastIndexOf('/') + 1)..];

    public static async Task<Visitor> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Opens another tab in the same browser profile.</summary>
    public Task<Visitor> OpenTabAsync() => OpenAsync(_context);

    public ILocator Persona(string slug) => Page.Locator($"[data-testid=persona-card][data-slug={slug}]");

    /// <summary>The text of a reply, without the persona's name and the buttons.</summary>
    public ILocator TextOf(ILocator reply) => reply.Locator(".prose");

    public async Task ChoosePersonaAsync(string slug)
    {
        await Persona(slug).ClickAsync();
        await Expect(Composer).ToBeVisibleAsync();
    }

    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Page.GetByTestId("send").ClickAsync();
    }

    /// <summary>Waits until the newest reply has text and is still being generated.</summary>
    public async Task WaitForReplyTextAsync()
    {
        await Expect(TextOf(Replies.Last)).ToContainTextAsync(" ");
        await Expect(Replies.Last).ToHaveAttributeAsync("data-status", "generating");
    }

    public Task WaitForReplyStatusAsync(string status = "completed") => Expect(Replies.Last).ToHaveAttributeAsync("data-status", status);

    /// <summary>Calls the API with the session of the page.</summary>
    public async Task CallApiAsync(string method, string path, string? json = null)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        var response = await _context.APIRequest.FetchAsync(path, new() { Method = method, Headers = headers, Data = json });
        Assert.True(response.Ok, $"{response.Status} for {method} {path}");
    }

    /// <summary>The stored replies of the open conversation, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReadStoredRepliesAsync()
    {
        var response = await _context.APIRequest.GetAsync($"/api/conversations/{ConversationId}/messages");
        Assert.True(response.Ok, $"{response.Status} for {Page.Url}");
        var messages = JsonSerializer.Deserialize<JsonElement>(await response.TextAsync()).GetProperty("messages");
        return [.. messages.EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "assistant")
            .Select(message => message.GetProperty("content").GetString()!)];
    }

    /// <summary>Asserts that the page shows exactly the stored replies.</summary>
    public async Task AssertRepliesMatchStoredAsync()
    {
        var stored = await ReadStoredRepliesAsync();
        await Expect(Replies).ToHaveCountAsync(stored.Count);
        for (var i = 0; i < stored.Count; i++)
            await Expect(TextOf(Replies.Nth(i))).ToHaveTextAsync(stored[i]);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private bool IsExpected(string error) =>
        (IgnoreNetworkErrors
            && (error.Contains("net::ERR_", StringComparison.Ordinal)
                || error.StartsWith("WebSocket connection to", StringComparison.Ordinal)))
        || (IgnoreUnauthorizedErrors && error.Contains("401", StringComparison.Ordinal));
}
