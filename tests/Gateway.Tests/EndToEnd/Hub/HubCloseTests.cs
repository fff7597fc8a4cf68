using System.Net.WebSockets;
using System.Text;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>
/// How hub connections end. When the server ends one, it sends a closing frame and SignalR's close message, and then closes the socket.
/// </summary>
public sealed class HubCloseTests(HubServer server) : IClassFixture<HubServer>, IAsyncLifetime
{
    private const int FrameBytes = 64 * 1024;

    private GatewayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The connections of the previous test must be closed first.
        await WhenAllClosedAsync();
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
    public async Task Close_ByTheServer_SendsCodeAndReconnectFlagAndClosesTheSocket(int code, bool allowReconnect)
    {
        using var hub = await OpenAsync();

        Assert.Single(server.Connections.GetIdle()).Close(code);

        Assert.Equal((code, allowReconnect), await hub.ReadCloseAsync());
        await WhenAllClosedAsync();
    }

    [Fact]
    public async Task Commands_OverTheRateLimit_AreRejectedWithARetryTimeThenTheConnectionIsClosed()
    {
        using var hub = await OpenAsync();

        // All commands are in one message, so that the rate limit recovers as little as possible in between.
        await hub.SendAsync([.. Enumerable.Range(0, 500).Select(i => RawHubClient.Call($"{i}", "Unsubscribe", "[[]]"))]);

        for (var i = 0; i < 20; i++)
            Assert.False((await hub.ReadCompletionAsync($"{i}")).TryGetProperty("error", out _), $"Command {i} is one of 20.");
        var error = await FirstErrorAsync(hub, 20);
        Assert.Matches("HubException: rate-limited: Too many commands. Try again in [0-9]+ ms.$", error);
        Assert.Equal((CloseCodes.TooManyCommands, true), await hub.ReadCloseAsync());
    }

    [Theory]
    [InlineData("Dance", "[]")]
    [InlineData("CancelReply", "[1,2,3]")]
    public async Task Calls_InvalidMethodOrArguments_CountAsCommands(string method, string arguments)
    {
        using var hub = await OpenAsync();

        await hub.SendAsync([.. Enumerable.Range(0, 500).Select(i => RawHubClient.Call($"{i}", method, arguments))]);

        Assert.Equal((CloseCodes.TooManyCommands, true), await hub.ReadCloseAsync());
    }

    [Fact]
    public async Task Frame_OfMaxSize_IsAcceptedAndOneByteMoreClosesTheConnection()
    {
        using var hub = await OpenAsync();

        await hub.SendBytesAsync(FrameOf(FrameBytes));
        Assert.False((await hub.ReadCompletionAsync("1")).TryGetProperty("error", out _));
        await hub.SendBytesAsync(FrameOf(FrameBytes + 1));

        Assert.Equal((CloseCodes.Protocol, false), await hub.ReadCloseAsync());
    }

    [Fact]
    public async Task Frames_TogetherOverTheBodyLimit_AreAccepted()
    {
        using var hub = await OpenAsync();

        for (var i = 0; i < 18; i++)
        {
            await hub.SendBytesAsync(FrameOf(FrameBytes));
            Assert.False((await hub.ReadCompletionAsync("1")).TryGetProperty("error", out _));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1,"target":"Unsubscribe","arguments":[[]}""")]
    public async Task Frame_Malformed_ClosesTheConnectionWithoutReconnect(string text)
    {
        using var hub = await OpenAsync();

        await hub.SendAsync(text);

        Assert.Equal((CloseCodes.Protocol, false), await hub.ReadCloseAsync());
    }

    [Fact]
    public async Task Frame_OfUnknownType_IsSkipped()
    {
        using var hub = await OpenAsync();

        await hub.SendAsync("""{"type":99}""", RawHubClient.Call("1", "Unsubscribe", "[[]]"));

        Assert.False((await hub.ReadCompletionAsync("1")).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Abort_OpenConnection_ResetsAndUnregistersIt()
    {
        using var hub = await OpenAsync();
        await hub.InvokeAsync("Unsubscribe", "[[]]");

        Assert.Single(server.Services.GetRequiredService<ConnectionPump>().Connections).Abort(CloseCodes.Slow);

        await Assert.ThrowsAsync<WebSocketException>(hub.ReadCloseAsync);
        await WhenAllClosedAsync();
    }

    [Fact]
    public async Task Disconnect_ByTheClient_UnregistersTheConnection()
    {
        using var polite = await OpenAsync();
        using var rude = await OpenAsync();
        await polite.InvokeAsync("Subscribe", """[[{"channel":"announcements"}]]""");
        await rude.InvokeAsync("Subscribe", """[[{"channel":"announcements"}]]""");
        Assert.Equal(2, server.Connections.Count().Connections);

        await polite.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        rude.Socket.Abort();

        await WhenAllClosedAsync();
        Assert.Empty(server.Services.GetRequiredService<ConnectionPump>().Connections);
    }

    private async Task<RawHubClient> OpenAsync() => await RawHubClient.OpenAsync(server.Address, _client);

    private Task WhenAllClosedAsync() => server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);

    /// <summary>The first error from this call on; on a slow machine the rate limit may allow one or two more commands.</summary>
    private static async Task<string?> FirstErrorAsync(RawHubClient hub, int from)
    {
        for (var i = from; i < 500; i++)
        {
            if ((await hub.ReadCompletionAsync($"{i}")).TryGetProperty("error", out var error))
                return error.GetString();
        }

        return null;
    }

    /// <summary>A call of exactly this many bytes, including the record separator.</summary>
    private static byte[] FrameOf(int bytes)
    {
        var call = RawHubClient.Call("1", "Unsubscribe", "[[]]");
        return Encoding.ASCII.GetBytes(call[..^1] + new string(' ', bytes - call.Length - 1) + "}\x1e");
    }
}
