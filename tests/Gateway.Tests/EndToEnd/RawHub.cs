using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A socket at the hub, spoken to by hand: what goes over the wire, to the very end.</summary>
internal sealed class RawHub : IDisposable
{
    private const char RecordEnd = '\x1e';

    private readonly StringBuilder _rest = new();
    private readonly Queue<string> _records = new();

    public ClientWebSocket Socket { get; } = new();

    /// <summary>The first record after the handshake.</summary>
    public string? First { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Uri AddressOf(Uri server, string query = "") => new UriBuilder(server) { Scheme = "ws", Path = "/hubs/chat", Query = query }.Uri;

    /// <summary>Opens the socket and shakes hands.</summary>
    public static async Task<RawHub> OpenAsync(Uri server, GatewayClient? client, string query = "", params (string Name, string Value)[] headers)
    {
        var hub = new RawHub();
        hub.Socket.Options.Cookies = client?.Cookies;
        hub.Socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            hub.Socket.Options.SetRequestHeader(name, value);
        try
        {
            await hub.Socket.ConnectAsync(AddressOf(server, query), Cancellation);
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

    /// <summary>The status with which the socket is refused.</summary>
    public static async Task<int> RefusedAsync(Uri server, GatewayClient? client, string query = "", params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = client?.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(server, query), Cancellation));
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
    /// The code of the closing frame, after which the server says that it closes, and whether a client of SignalR may come again, and closes the
    /// socket as sockets are closed.
    /// </summary>
    public async Task<(int Code, bool MayComeAgain)> EndAsync()
    {
        JsonElement? closing = null;
        bool? mayComeAgain = null;
        while (await NextAsync() is { } text)
        {
            var record = JsonElement.Parse(text);
            if (record.GetProperty("type").GetInt32() == 7)
                mayComeAgain = record.TryGetProperty("allowReconnect", out var allow) && allow.GetBoolean();
            else if (IsFrame(record, "closing"))
                closing = record.GetProperty("arguments")[0][0];
        }

        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, Socket.CloseStatus);
        Assert.NotNull(closing);
        Assert.NotNull(mayComeAgain);
        return (closing.Value.GetProperty("code").GetInt32(), mayComeAgain.Value);
    }

    /// <summary>The answer to a call, whatever comes before.</summary>
    public async Task<JsonElement> AnswerAsync(string id)
    {
        while (await NextAsync() is { } text)
        {
            var record = JsonElement.Parse(text);
            if (record.GetProperty("type").GetInt32() == 3 && record.GetProperty("invocationId").GetString() == id)
                return record;
        }

        throw new InvalidOperationException($"The socket was closed before the answer to {id}.");
    }

    public async Task<JsonElement> AnswerToAsync(string target, string arguments)
    {
        await SendAsync(Call(target, target, arguments));
        return await AnswerAsync(target);
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsFrame(JsonElement record, string type) =>
        record.GetProperty("type").GetInt32() == 1 && record.GetProperty("arguments")[0][0].GetProperty("type").GetString() == type;
}
