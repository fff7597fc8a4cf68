using System.Collections.Concurrent;
using System.Text.Json;

namespace JubileeVerse.Web.Tests;

/// <summary>A person with a browser: what they do, and what they see.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>Who is asking is asked first of all, and for someone new the answer is that nobody is; browsers log each 401.</summary>
    private const string WhoAmIPath = "/api/auth/me";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<string> _streams = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/events", StringComparison.Ordinal))
                _streams.Enqueue(request.Url);
        };
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Location.Contains(WhoAmIPath, StringComparison.Ordinal) && !IsForgiven(message.Text))
                _faults.Enqueue($"{message.Text} ({message.Location})");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's console, violations of its content policy among them.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Streams of replies that the page has opened: none, unless it can have no link.</summary>
    public IReadOnlyCollection<string> Streams => _streams;

    /// <summary>The server is taken away under the page: browsers log each try to reach it.</summary>
    public bool MayLoseTheServer { get; set; }

    /// <summary>Their session ends under the page: browsers log each 401.</summary>
    public bool MayLoseTheSession { get; set; }

    public ILocator Composer => Page.GetByTestId("composer");

    public ILocator Stop => Page.GetByTestId("stop");

    public ILocator Conversations => Page.GetByTestId("conversation-item");

    public ILocator Questions => Page.Locator("[data-testid=message][data-role=user]");

    public ILocator Answers => Page.Locator("[data-testid=message][data-role=assistant]");

    /// <summary>Of the conversation that is open.</summary>
    public string ConversationId => Page.Url[(Page.Url.LastIndexOf('/') + 1)..];

    public static async Task<Visitor> ArriveAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>The same person in another tab.</summary>
    public Task<Visitor> OpenTabAsync() => ArriveAsync(_context);

    public ILocator Persona(string slug) => Page.Locator($"[data-testid=persona-card][data-slug={slug}]");

    /// <summary>The words of an answer, without its name and its buttons.</summary>
    public ILocator WordsOf(ILocator answer) => answer.Locator(".prose");

    public async Task ChooseAsync(string slug)
    {
        await Persona(slug).ClickAsync();
        await Expect(Composer).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Page.GetByTestId("send").ClickAsync();
    }

    /// <summary>Waits until the newest answer has begun, and surely not ended.</summary>
    public async Task UntilSpokenToAsync()
    {
        await Expect(WordsOf(Answers.Last)).ToContainTextAsync(" ");
        await Expect(Answers.Last).ToHaveAttributeAsync("data-status", "generating");
    }

    public Task UntilAnsweredAsync(string status = "completed") => Expect(Answers.Last).ToHaveAttributeAsync("data-status", status);

    /// <summary>As a program of theirs would, with the page's session.</summary>
    public async Task CallAsync(string method, string path, string? json = null)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        var response = await _context.APIRequest.FetchAsync(path, new() { Method = method, Headers = headers, Data = json });
        Assert.True(response.Ok, $"{response.Status} for {method} {path}");
    }

    /// <summary>The answers that the server has stored for the conversation that is open, oldest first.</summary>
    public async Task<IReadOnlyList<string>> StoredAnswersAsync()
    {
        var response = await _context.APIRequest.GetAsync($"/api/conversations/{ConversationId}/messages");
        Assert.True(response.Ok, $"{response.Status} for {Page.Url}");
        var messages = JsonSerializer.Deserialize<JsonElement>(await response.TextAsync()).GetProperty("messages");
        return [.. messages.EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "assistant")
            .Select(message => message.GetProperty("content").GetString()!)];
    }

    /// <summary>Each answer on the screen is the stored one, to the last word.</summary>
    public async Task AnswersShouldBeAsStoredAsync()
    {
        var stored = await StoredAnswersAsync();
        await Expect(Answers).ToHaveCountAsync(stored.Count);
        for (var i = 0; i < stored.Count; i++)
            await Expect(WordsOf(Answers.Nth(i))).ToHaveTextAsync(stored[i]);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private bool IsForgiven(string fault) =>
        (MayLoseTheServer && (fault.Contains("net::ERR_", StringComparison.Ordinal) || fault.StartsWith("WebSocket connection to", StringComparison.Ordinal)))
        || (MayLoseTheSession && fault.Contains("401", StringComparison.Ordinal));
}
