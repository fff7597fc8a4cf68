using System.Net.WebSockets;
using System.Text;
using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>How links end. Each end by the server is a closing frame, SignalR's own good-bye, and a real close of the socket.</summary>
public sealed class HubCloseTests(HubServer server) : IClassFixture<HubServer>, IAsyncLifetime
{
    private const int FrameBytes = 64 * 1024;

    private GatewayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The links of the test before.
        await GoneAsync();
        _client = await server.NewClient().AsGuestAsync();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(CloseCodes.SessionEnded, true)]
    [InlineData(CloseCodes.Kicked, false)]
    [InlineData(CloseCodes.Banned, false)]
    public async Task Close_ByTheServer_IsToldAndRealAndSaysWhetherToComeAgain(int code, bool mayComeAgain)
    {
        using var link = await OpenAsync();

        Assert.Single(server.Connections.Idle()).Close(code);

        Assert.Equal((code, mayComeAgain), await link.EndAsync());
        await GoneAsync();
    }

    [Fact]
    public async Task Commands_TooMany_AreRefusedWithATimeAndThenTheLinkIsClosed()
    {
        using var link = await OpenAsync();

        // All in one message: the server has no time to forget any.
        await link.SendAsync([.. Enumerable.Range(0, 500).Select(i => RawHub.Call($"{i}", "Unsubscribe", "[[]]"))]);

        for (var i = 0; i < 20; i++)
            Assert.False((await link.AnswerAsync($"{i}")).TryGetProperty("error", out _), $"Command {i} is one of 20.");
        var refused = await RefusedAsync(link, 20);
        Assert.Matches("HubException: rate-limited: Too many commands. Try again in [0-9]+ ms.$", refused);
        Assert.Equal((CloseCodes.TooManyCommands, true), await link.EndAsync());
    }

    [Theory]
    [InlineData("Dance", "[]")]
    [InlineData("CancelReply", "[1,2,3]")]
    public async Task Calls_ThatFitNothing_CountAsCommands(string method, string arguments)
    {
        using var link = await OpenAsync();

        await link.SendAsync([.. Enumerable.Range(0, 500).Select(i => RawHub.Call($"{i}", method, arguments))]);

        Assert.Equal((CloseCodes.TooManyCommands, true), await link.EndAsync());
    }

    [Fact]
    public async Task Frame_OfTheLargestSize_IsTaken_AndOneByteMoreClosesTheLink()
    {
        using var link = await OpenAsync();

        await link.SendBytesAsync(FrameOf(FrameBytes));
        Assert.False((await link.AnswerAsync("1")).TryGetProperty("error", out _));
        await link.SendBytesAsync(FrameOf(FrameBytes + 1));

        Assert.Equal((CloseCodes.Protocol, false), await link.EndAsync());
    }

    [Fact]
    public async Task Frames_OfMoreThanABodyMayHaveTogether_AreTaken()
    {
        using var link = await OpenAsync();

        for (var i = 0; i < 18; i++)
        {
            await link.SendBytesAsync(FrameOf(FrameBytes));
            Assert.False((await link.AnswerAsync("1")).TryGetProperty("error", out _));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1,"target":"Unsubscribe","arguments":[[]}""")]
    public async Task Frame_ThatIsNone_ClosesTheLinkForGood(string text)
    {
        using var link = await OpenAsync();

        await link.SendAsync(text);

        Assert.Equal((CloseCodes.Protocol, false), await link.EndAsync());
    }

    [Fact]
    public async Task Frame_OfAnUnknownKind_IsSkipped()
    {
        using var link = await OpenAsync();

        await link.SendAsync("""{"type":99}""", RawHub.Call("1", "Unsubscribe", "[[]]"));

        Assert.False((await link.AnswerAsync("1")).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task GiveUp_IsAReset_AndNothingIsLeft()
    {
        using var link = await OpenAsync();
        await link.AnswerToAsync("Unsubscribe", "[[]]");

        Assert.Single(server.Services.GetRequiredService<LinkPump>().Links).GiveUp(CloseCodes.Slow);

        await Assert.ThrowsAsync<WebSocketException>(link.EndAsync);
        await GoneAsync();
    }

    [Fact]
    public async Task Client_ThatLeaves_LeavesNothingBehind()
    {
        using var polite = await OpenAsync();
        using var rude = await OpenAsync();
        await polite.AnswerToAsync("Subscribe", """[[{"channel":"announcements"}]]""");
        await rude.AnswerToAsync("Subscribe", """[[{"channel":"announcements"}]]""");
        Assert.Equal(2, server.Connections.Count().Connections);

        await polite.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        rude.Socket.Abort();

        await GoneAsync();
        Assert.Empty(server.Services.GetRequiredService<LinkPump>().Links);
    }

    private async Task<RawHub> OpenAsync() => await RawHub.OpenAsync(server.Address, _client);

    private Task GoneAsync() => server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);

    /// <summary>The first refusal from this call on: a slow machine forgets one or two meanwhile.</summary>
    private static async Task<string?> RefusedAsync(RawHub link, int from)
    {
        for (var i = from; i < 500; i++)
        {
            if ((await link.AnswerAsync($"{i}")).TryGetProperty("error", out var error))
                return error.GetString();
        }

        return null;
    }

    /// <summary>A call of exactly so many bytes, the end of the record counted.</summary>
    private static byte[] FrameOf(int bytes)
    {
        var call = RawHub.Call("1", "Unsubscribe", "[[]]");
        return Encoding.ASCII.GetBytes(call[..^1] + new string(' ', bytes - call.Length - 1) + "}\x1e");
    }
}
