using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// A link of the hub as any client could make one: a WebSocket that speaks SignalR's JSON records, knowing none of the server's types.
/// </summary>
public sealed class HubSocket : IDisposable
{
    private const byte RecordEnd = 0x1E;
    private const int ReadSize = 16 * 1024;
    private const int InvocationRecord = 1;
    private const int CompletionRecord = 3;

    private static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, RecordEnd];

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly Queue<JsonElement> _records = new();
    private int _callCount;

    /// <summary>Null: the socket was not closed as sockets are.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Opens the socket and shakes hands.</summary>
    /// <param name="server">Any gateway.</param>
    /// <param name="cookies">The session's among them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HubSocket> OpenAsync(Uri server, CookieContainer cookies, CancellationToken cancellationToken)
    {
        var hub = new HubSocket();
        try
        {
            hub._socket.Options.Cookies = cookies;
            await hub._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/chat" }.Uri, cancellationToken);
            await hub.SendAsync(Handshake, cancellationToken);
            var answer = await hub.NextAsync(cancellationToken);
            return answer is { } record && !record.EnumerateObject().Any() ? hub : throw new InvalidOperationException($"The handshake was refused: {answer}");
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Sends a call and waits for nothing.</summary>
    /// <returns>Its id, which the completion will have.</returns>
    public async Task<string> CallAsync(string target, CancellationToken cancellationToken, params object[] arguments)
    {
        var invocationId = $"{++_callCount}";
        var record = JsonSerializer.SerializeToUtf8Bytes(new { type = InvocationRecord, invocationId, target, arguments });
        await SendAsync([.. record, RecordEnd], cancellationToken);
        return invocationId;
    }

    /// <summary>The next record, pings left out; null when the server has closed the socket.</summary>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellationToken)
    {
        while (_records.Count == 0)
        {
            var received = await _socket.ReceiveAsync(_received.GetMemory(ReadSize), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            _received.Advance(received.Count);
            TakeRecords();
        }

        return _records.Dequeue();
    }

    /// <summary>The frames that a record brings; none where it is something else.</summary>
    public static IEnumerable<JsonElement> FramesOf(JsonElement record) =>
        TypeOf(record) == InvocationRecord ? record.GetProperty("arguments")[0].EnumerateArray() : [];

    /// <summary>The answer to a call, where the record is that.</summary>
    public static JsonElement? AnswerOf(JsonElement record, string invocationId) =>
        TypeOf(record) == CompletionRecord && record.GetProperty("invocationId").GetString() == invocationId ? record.GetProperty("result") : null;

    /// <summary>The network breaks: the server is told nothing.</summary>
    public void Cut() => _socket.Abort();

    /// <summary>Answers the server's close.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);

    public void Dispose() => _socket.Dispose();

    private static int TypeOf(JsonElement record) => record.TryGetProperty("type", out var type) ? type.GetInt32() : 0;

    private Task SendAsync(byte[] record, CancellationToken cancellationToken) =>
        _socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private void TakeRecords()
    {
        const int pingRecord = 6;
        var rest = _received.WrittenSpan;
        while (rest.IndexOf(RecordEnd) is var end and >= 0)
        {
            var record = JsonElement.Parse(rest[..end]);
            if (TypeOf(record) != pingRecord)
                _records.Enqueue(record);
            rest = rest[(end + 1)..];
        }

        var left = rest.ToArray();
        _received.ResetWrittenCount();
        _received.Write(left);
    }
}
