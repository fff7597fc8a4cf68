using System.Collections.Concurrent;
using System.Text.Json;

namespace JubileeVerse.Web.Tests;

/// <summary>The page's reaction to a connection that the server closes: whether it reconnects, and what the user sees.</summary>
public sealed class ConnectionCloseTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const char RecordEnd = '\x1e';

    private readonly ConcurrentQueue<IWebSocketRoute> _connections = [];
    private readonly ConcurrentQueue<TaskCompletionSource> _expectedConnections = [];

    [Theory]
    [InlineData(4301, "An administrator has closed this connection")]
    [InlineData(4302, "This account is disabled")]
    public async Task Closing_WithoutReconnect_ShowsANoticeAndDoesNotReconnect(int code, string notice)
    {
        var visitor = await OpenConnectedPageAsync();

        Close(code);
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync(notice);
        await visitor.Page.Clock.RunForAsync("01:00:00");

        Assert.Single(_connections);
    }

    [Fact]
    public async Task Closing_AtADrain_ReconnectsAfterTheServersDelay()
    {
        var visitor = await OpenConnectedPageAsync();
        var reconnected = ExpectConnection();

        Close(4000, reconnectAfterMs: 600_000);
        await visitor.Page.Clock.RunForAsync("00:09:00");
        Assert.Single(_connections);
        await visitor.Page.Clock.RunForAsync("00:01:05");

        await reconnected.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _connections.Count);
    }

    [Fact]
    public async Task Closing_AfterTheSessionEnded_ShowsTheSignInForm()
    {
        var visitor = await OpenConnectedPageAsync();
        visitor.IgnoreUnauthorizedErrors = true;
        await visitor.Page.Context.ClearCookiesAsync();

        Close(4201);

        await Expect(visitor.Page.GetByTestId("account-form")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Your session has ended");
        await visitor.Page.Clock.RunForAsync("01:00:00");
        Assert.Single(_connections);
    }

    [Theory]
    [InlineData("guest", "{}", "register")]
    [InlineData("register", """{"displayName":"Ada","email":"ada-of-the-connections@example.org","password":"Lovelace1815"}""", "login")]
    public async Task Request_AfterTheSessionEnded_ShowsTheAccountForm(string path, string account, string kind)
    {
        var visitor = await OpenConnectedPageAsync(path, account);
        visitor.IgnoreUnauthorizedErrors = true;
        await visitor.Page.Context.ClearCookiesAsync();

        await visitor.Page.EvaluateAsync("() => void dispatchEvent(new Event('online'))");

        await Expect(visitor.Page.GetByTestId("account-form")).ToHaveAttributeAsync("data-kind", kind);
        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Your session has ended");
    }

    /// <summary>With WebSockets and the event stream of channels blocked, only the event stream of each reply remains.</summary>
    [Fact]
    public async Task Send_WithoutAnyConnection_ReplyArrivesByEventStream()
    {
        var visitor = await VisitAsync();
        visitor.IgnoreNetworkErrors = true;
        await visitor.Page.RouteWebSocketAsync("**/hubs/chat", socket => socket.CloseAsync());
        await visitor.Page.RouteAsync("**/api/events?*", route => route.AbortAsync());
        await visitor.ChoosePersonaAsync("jubilee");

        await visitor.SendAsync("Do you receive this all the same?");

        await visitor.WaitForReplyStatusAsync();
        await visitor.AssertRepliesMatchStoredAsync();
        Assert.NotEmpty(visitor.ReplyStreams);
    }

    [Fact]
    public async Task AdminNotice_Received_IsShown()
    {
        var visitor = await OpenConnectedPageAsync();

        SendFrame(
            """{"type":"admin-notice","channel":"announcements","epoch":"e","offset":1,"message":"Bread at noon.","noticeType":"info"}""");

        await Expect(visitor.Page.Locator("#notices")).ToContainTextAsync("Bread at noon.");
    }

    /// <summary>Opens a page whose hub connection ends at this test instead of the server, and whose clock the test controls.</summary>
    private async Task<Visitor> OpenConnectedPageAsync(string path = "guest", string account = "{}")
    {
        var visitor = await VisitAsync(path: "about:blank");
        await visitor.Page.RouteWebSocketAsync("**/hubs/chat", Accept);
        await visitor.Page.Clock.InstallAsync();
        await visitor.CallApiAsync("POST", $"/api/auth/{path}", account);
        var connected = ExpectConnection();
        await visitor.Page.GotoAsync("/");
        await connected.WaitAsync(TestContext.Current.CancellationToken);
        return visitor;
    }

    private Task ExpectConnection()
    {
        var expected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _expectedConnections.Enqueue(expected);
        return expected.Task;
    }

    /// <summary>Acts as the hub: completes the handshake, and responds to Subscribe with the start of each channel.</summary>
    private void Accept(IWebSocketRoute socket)
    {
        _connections.Enqueue(socket);
        socket.OnMessage(message =>
        {
            foreach (var record in (message.Text ?? "").Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries))
                Respond(socket, JsonSerializer.Deserialize<JsonElement>(record));
        });
    }

    private void Respond(IWebSocketRoute socket, JsonElement record)
    {
        if (record.TryGetProperty("protocol", out _))
        {
            socket.Send($"{{}}{RecordEnd}");
            return;
        }

        if (!record.TryGetProperty("target", out var target) || target.GetString() != "Subscribe")
            return;
        var results = record.GetProperty("arguments")[0].EnumerateArray().Select(request => new
        {
            channel = request.GetProperty("channel").GetString(),
            recovered = false,
            epoch = "e",
            offset = 0,
            events = Array.Empty<object>(),
        });
        var invocationId = record.GetProperty("invocationId").GetString();
        socket.Send(JsonSerializer.Serialize(new { type = 3, invocationId, result = results }) + RecordEnd);
        if (_expectedConnections.TryDequeue(out var expected))
            expected.SetResult();
    }

    private void Close(int code, int reconnectAfterMs = 0) =>
        SendFrame($$"""{"type":"closing","code":{{code}},"reconnectAfterMs":{{reconnectAfterMs}}}""");

    private void SendFrame(string frame) =>
        _connections.Last().Send($$"""{"type":1,"target":"Receive","arguments":[[{{frame}}]]}{{RecordEnd}}""");
}
