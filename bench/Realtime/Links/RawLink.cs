using System.Net.Sockets;
using System.Net.WebSockets;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>
/// A WebSocket and one loop that reads it, the same for every server. It looks for stamps and for nothing else, so that it costs little beside
/// what it measures.
/// </summary>
internal sealed class RawLink : IDisposable
{
    public const string Upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private const int FirstBufferBytes = 1024;

    private readonly LinkDialect _dialect;
    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[FirstBufferBytes];

    /// <summary>A text that is told again, as the whole answer at its end, brings old stamps.</summary>
    private long _newestNs;

    private RawLink(LinkDialect dialect, WebSocket socket) => (_dialect, _socket) = (dialect, socket);

    /// <summary>Where it writes what it hears; null writes nothing down.</summary>
    public StampBoard? Board { get; set; }

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Returns when the server has said that the link is open.</summary>
    public static async Task<RawLink> OpenAsync(Uri address, LinkDialect dialect, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(address, dialect.Path, cookie, Upgrade, cancellationToken);
        if (!RawRequest.HasStatus(head, 101))
        {
            socket.Dispose();
            throw new IOException(head);
        }

        var options = new WebSocketCreationOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        var link = new RawLink(dialect, WebSocket.CreateFromStream(new NetworkStream(socket, ownsSocket: true), options));
        _ = link.ReadAsync();
        await link.SendAsync(dialect.Hello, cancellationToken);
        await link._opened.Task.WaitAsync(cancellationToken);
        return link;
    }

    public async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            var length = 0;
            while (true)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, 2 * length);
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                Hear(_buffer.AsSpan(0, length), Stamp.NowNs());
                if (_dialect.AnswerTo(_buffer.AsSpan(0, length)) is { } answer)
                    await SendAsync(answer, CancellationToken.None);
                length = 0;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed by the server, or by us.
        }

        _opened.TrySetException(new IOException("The link was closed."));
    }

    private void Hear(ReadOnlySpan<byte> message, long nowNs)
    {
        if (!_opened.Task.IsCompleted && _dialect.IsOpened(message))
            _opened.TrySetResult();
        if (Board is not { } board)
            return;

        var isFrame = false;
        while (Stamp.TryTake(ref message, out var sentNs))
        {
            if (sentNs <= _newestNs)
                continue;
            _newestNs = sentNs;
            isFrame = true;
            board.Take(sentNs, nowNs);
        }

        if (isFrame)
            board.CountFrame();
    }
}
