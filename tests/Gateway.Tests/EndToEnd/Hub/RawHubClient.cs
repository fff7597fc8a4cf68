using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>A raw WebSocket at the hub, for tests of what is on the wire up to the socket's close.</summary>
internal sealed class RawHubClient : IDisposable
{
    private const char RecordEnd = '\x1e';

    private readonly StringBuilder _rest = new();
    private readonly Queue<string> _records = new();

    public ClientWebSocket Socket { get; } = new();

    /// <summary>The first record after the handshake.</summary>
    public string? First { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Uri BuildAddress(Uri server, string query = "") =>
        new UriBuilder(server) { Scheme = "ws", Path = "/hubs/chat", Query = query }.Uri;

    /// <summary>Opens the socket and completes the handshake.</summary>
    public static async Task<RawHubClient> OpenAsync(
        Uri server, GatewayClient? client, string query = "", params (string Name, string Value)[] headers)
    {
        var hub = new RawHubClient();
        hub.Socket.Options.Cookies = client?.Cookies;
        hub.Socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            hub.Socket.Options.SetRequestHeader(name, value);
        try
        {
            await hub.Socket.ConnectAsync(BuildAddress(server, query), Cancellation);
            await hub.SendAsync("""{"protocol":"json","version":1}""");
            Assert.Equal("{}", await hub.NextAsync());
            hub.First = await hub.NextAsync();
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>The HTTP status with which the upgrade is rejected.</summary>
    public static async Task<int> GetRejectionStatusAsync(
        Uri server, GatewayClient? client, string query = "", params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = client?.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(BuildAddress(server, query), Cancellation));
        return (int)socket.HttpStatusCode;
    }

    public static string Call(string id, string target, string arguments) =>
        $$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":{{arguments}}}""";

    /// <summary>Sends records as one message.</summary>
    public Task SendAsync(params string[] records) =>
        SendBytesAsync(Encoding.UTF8.GetBytes(string.Concat(records.Select(record => record + RecordEnd))));

    public Task SendBytesAsync(byte[] bytes) => Socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, Cancellation);

    /// <summary>The next record; null when the server has closed the socket.</summary>
    public async Task<string?> NextAsync()
    {
        var buffer = new byte[16 * 1024];
        while (_records.Count == 0)
        {
            var received = await Socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            _rest.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            var parts = _rest.ToString().Split(RecordEnd);
            _rest.Clear().Append(parts[^1]);
            foreach (var record in parts[..^1])
                _records.Enqueue(record);
        }

        return _records.Dequeue();
    }

    /// <summary>
    /// Reads to the end: the closing frame, SignalR's close message and the regular close of the socket must all come. Returns the closing
    /// code and whether a SignalR client may reconnect.
    /// </summary>
    public async Task<(int Code, bool AllowReconnect)> ReadCloseAsync()
    {
        JsonElement? closing = null;
        bool? allowReconnect = null;
        while (await NextAsync() is { } text)
        {
            var record = JsonElement.Parse(text);
            if (record.GetProperty("type").GetInt32() == 7)
                allowReconnect = record.TryGetProperty("allowReconnect", out var allow) && allow.GetBoolean();
            else if (IsFrame(record, "closing"))
                closing = record.GetProperty("arguments")[0][0];
        }

        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, Socket.CloseStatus);
        Assert.NotNull(closing);
        Assert.NotNull(allowReconnect);
        var code = closing.Value.GetProperty("code").GetInt32();
        Assert.Equal(CloseCodes.FindReason(code), closing.Value.GetProperty("reason").GetString());
        return (code, allowReconnect.Value);
    }

    /// <summary>The completion of a call; records before it are skipped.</summary>
    public async Task<JsonElement> ReadCompletionAsync(string id)
    {
        while (await NextAsync() is { } text)
        {
            var record = JsonElement.Parse(text);
            if (record.GetProperty("type").GetInt32() == 3 && record.GetProperty("invocationId").GetString() == id)
                return record;
        }

        throw new InvalidOperationException($"The socket was closed before the answer to {id}.");
    }

    public async Task<JsonElement> InvokeAsync(string target, string arguments)
    {
        await SendAsync(Call(target, target, arguments));
        return await ReadCompletionAsync(target);
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsFrame(JsonElement record, string type) =>
        record.GetProperty("type").GetInt32() == 1 && record.GetProperty("arguments")[0][0].GetProperty("type").GetString() == type;
}
