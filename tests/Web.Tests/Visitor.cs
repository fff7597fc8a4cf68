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

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Location.Contains(WhoAmIPath, StringComparison.Ordinal))
                _faults.Enqueue($"{message.Text} ({message.Location})");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's console, violations of its content policy among them.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public ILocator Composer => Page.GetByTestId("composer");

    public ILocator Stop => Page.GetByTestId("stop");

    public ILocator Conversations => Page.GetByTestId("conversation-item");

    public ILocator Questions => Page.Locator("[data-testid=message][data-role=user]");

    public ILocator Answers => Page.Locator("[data-testid=message][data-role=assistant]");

    public static async Task<Visitor> ArriveAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

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

    /// <summary>The answers that the server has stored for the conversation that is open, oldest first.</summary>
    public async Task<IReadOnlyList<string>> StoredAnswersAsync()
    {
        var conversation = Page.Url[(Page.Url.LastIndexOf('/') + 1)..];
        var response = await _context.APIRequest.GetAsync($"/api/conversations/{conversation}/messages");
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
}
