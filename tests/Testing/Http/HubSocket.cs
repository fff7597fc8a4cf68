using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// A hub connection over a plain WebSocket with SignalR's JSON records. It uses none of the server's types, as any other client would.
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

    /// <summary>The close status; null when the socket was not closed regularly.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Opens the socket and completes the handshake.</summary>
    /// <param name="server">The address of any gateway.</param>
    /// <param name="cookies">They include the session's cookie.</param>
    public static async Task<HubSocket> OpenAsync(Uri server, CookieContainer cookies, CancellationToken cancellationToken)
    {
        var hub = new HubSocket();
        try
        {
            hub._socket.Options.Cookies = cookies;
            await hub._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/chat" }.Uri, cancellationToken);
            await hub.SendAsync(Handshake, cancellationToken);
            var response = await hub.NextAsync(cancellationToken);
            return response is { } record && !record.EnumerateObject().Any()
                ? hub
                : throw new InvalidOperationException($"The handshake was refused: {response}");
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Sends a call without waiting for its completion.</summary>
    /// <returns>The invocation id, which the completion will carry.</returns>
    public async Task<string> CallAsync(string target, CancellationToken cancellationToken, params object[] arguments)
    {
        var invocationId = $"{++_callCount}";
        var record = JsonSerializer.SerializeToUtf8Bytes(new { type = InvocationRecord, invocationId, target, arguments });
        await SendAsync([.. record, RecordEnd], cancellationToken);
        return invocationId;
    }

    /// <summary>The next record other than a ping; null when the server has closed the socket.</summary>
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

    /// <summary>The frames of a record; none when it is no invocation.</summary>
    public static IEnumerable<JsonElement> FramesOf(JsonElement record) =>
        TypeOf(record) == InvocationRecord ? record.GetProperty("arguments")[0].EnumerateArray() : [];

    /// <summary>The result of a call when the record is its completion; else null.</summary>
    public static JsonElement? CompletionOf(JsonElement record, string invocationId) =>
        TypeOf(record) == CompletionRecord && record.GetProperty("invocationId").GetString() == invocationId
            ? record.GetProperty("result")
            : null;

    /// <summary>Aborts the socket without notifying the server, as a broken network would.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Completes the close that the server started.</summary>
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
