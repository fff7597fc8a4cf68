using System.Collections.Concurrent;
using System.Text.Json;

namespace JubileeVerse.Web.Tests;

/// <summary>How the page takes it when the server ends its link: whether it comes back, and what a person is told.</summary>
public sealed class LinkEndTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const char RecordEnd = '\x1e';

    private readonly ConcurrentQueue<IWebSocketRoute> _links = [];
    private readonly ConcurrentQueue<TaskCompletionSource> _expected = [];

    [Theory]
    [InlineData(4301, "An administrator has closed this connection")]
    [InlineData(4302, "This account is disabled")]
    public async Task Closing_ForGood_TellsThePersonAndNeverComesBack(int code, string words)
    {
        var visitor = await VisitWithALinkAsync();

        Close(code);
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync(words);
        await visitor.Page.Clock.RunForAsync("01:00:00");

        Assert.Single(_links);
    }

    [Fact]
    public async Task Closing_AtADrain_ComesBackAfterTheServersTime()
    {
        var visitor = await VisitWithALinkAsync();
        var another = ExpectLink();

        Close(4000, reconnectAfterMs: 600_000);
        await visitor.Page.Clock.RunForAsync("00:09:00");
        Assert.Single(_links);
        await visitor.Page.Clock.RunForAsync("00:01:05");

        await another.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _links.Count);
    }

    [Fact]
    public async Task Closing_AfterTheSessionHasEnded_AsksToSignIn()
    {
        var visitor = await VisitWithALinkAsync();
        visitor.MayLoseTheSession = true;
        await visitor.Page.Context.ClearCookiesAsync();

        Close(4201);

        await Expect(visitor.Page.GetByTestId("account-form")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Your session has ended");
        await visitor.Page.Clock.RunForAsync("01:00:00");
        Assert.Single(_links);
    }

    [Theory]
    [InlineData("guest", "{}", "register")]
    [InlineData("register", """{"displayName":"Ada","email":"ada-of-the-links@example.org","password":"Lovelace1815"}""", "login")]
    public async Task ARefusedRequest_AfterTheSessionHasEnded_AsksToSignIn(string path, string account, string kind)
    {
        var visitor = await VisitWithALinkAsync(path, account);
        visitor.MayLoseTheSession = true;
        await visitor.Page.Context.ClearCookiesAsync();

        await visitor.Page.EvaluateAsync("() => void dispatchEvent(new Event('online'))");

        await Expect(visitor.Page.GetByTestId("account-form")).ToHaveAttributeAsync("data-kind", kind);
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Your session has ended");
    }

    /// <summary>Neither a socket nor a stream of all channels: what is left is a stream of the one reply.</summary>
    [Fact]
    public async Task Say_WhereNoLinkOfAnyKindCanBeHad_TheAnswerComesAsAStream()
    {
        var visitor = await VisitAsync();
        visitor.MayLoseTheServer = true;
        await visitor.Page.RouteWebSocketAsync("**/hubs/chat", link => link.CloseAsync());
        await visitor.Page.RouteAsync("**/api/events?*", call => call.AbortAsync());
        await visitor.ChooseAsync("jubilee");

        await visitor.SayAsync("Do you hear me all the same?");

        await visitor.UntilAnsweredAsync();
        await visitor.AnswersShouldBeAsStoredAsync();
        Assert.NotEmpty(visitor.Streams);
    }

    [Fact]
    public async Task Notice_OfAnAdmin_IsShown()
    {
        var visitor = await VisitWithALinkAsync();

        Say("""{"type":"admin-notice","channel":"announcements","epoch":"e","offset":1,"message":"Bread at noon.","noticeType":"info"}""");

        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Bread at noon.");
    }

    /// <summary>Someone whose page has a link to us instead of the server's hub, and a time of its own.</summary>
    private async Task<Visitor> VisitWithALinkAsync(string path = "guest", string account = "{}")
    {
        var visitor = await VisitAsync(path: "about:blank");
        await visitor.Page.RouteWebSocketAsync("**/hubs/chat", Accept);
        await visitor.Page.Clock.InstallAsync();
        await visitor.CallAsync("POST", $"/api/auth/{path}", account);
        var link = ExpectLink();
        await visitor.Page.GotoAsync("/");
        await link.WaitAsync(TestContext.Current.CancellationToken);
        return visitor;
    }

    private Task ExpectLink()
    {
        var expected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected.Enqueue(expected);
        return expected.Task;
    }

    /// <summary>As the hub does it: shakes hands, and answers subscriptions with a beginning.</summary>
    private void Accept(IWebSocketRoute link)
    {
        _links.Enqueue(link);
        link.OnMessage(message =>
        {
            foreach (var record in (message.Text ?? "").Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries))
                Answer(link, JsonSerializer.Deserialize<JsonElement>(record));
        });
    }

    private void Answer(IWebSocketRoute link, JsonElement record)
    {
        if (record.TryGetProperty("protocol", out _))
        {
            link.Send($"{{}}{RecordEnd}");
            return;
        }

        if (!record.TryGetProperty("target", out var target) || target.GetString() != "Subscribe")
            return;
        var answers = record.GetProperty("arguments")[0].EnumerateArray().Select(request => new
        {
            channel = request.GetProperty("channel").GetString(),
            recovered = false,
            epoch = "e",
            offset = 0,
            events = Array.Empty<object>(),
        });
        link.Send(JsonSerializer.Serialize(new { type = 3, invocationId = record.GetProperty("invocationId").GetString(), result = answers }) + RecordEnd);
        if (_expected.TryDequeue(out var expected))
            expected.SetResult();
    }

    private void Close(int code, int reconnectAfterMs = 0) =>
        Say($$"""{"type":"closing","code":{{code}},"reconnectAfterMs":{{reconnectAfterMs}}}""");

    private void Say(string frame) => _links.Last().Send($$"""{"type":1,"target":"Receive","arguments":[[{{frame}}]]}{{RecordEnd}}""");
}
