using System.Net.Sockets;
using System.Net.WebSockets;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>
/// A WebSocket with one read loop, the same for every server. It only searches for stamps, so that its cost is small compared with what it
/// measures.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    public const string Upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private const int FirstBufferBytes = 1024;

    private readonly ClientProtocol _dialect;
    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[FirstBufferBytes];

    /// <summary>
    /// The newest stamp. Older ones are ignored, because repeated text, such as the whole reply at its end, contains old stamps.
    /// </summary>
    private long _newestNs;

    private RawConnection(ClientProtocol dialect, WebSocket socket) => (_dialect, _socket) = (dialect, socket);

    /// <summary>Records the received stamps; null records nothing.</summary>
    public StampBoard? Board { get; set; }

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Returns when the server has confirmed that the connection is open.</summary>
    public static async Task<RawConnection> OpenAsync(
        Uri address, ClientProtocol dialect, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(address, dialect.Path, cookie, Upgrade, cancellationToken);
        if (!RawRequest.HasStatus(head, 101))
        {
            socket.Dispose();
            throw new IOException(head);
        }

        var options = new WebSocketCreationOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        var connection = new RawConnection(dialect, WebSocket.CreateFromStream(new NetworkStream(socket, ownsSocket: true), options));
        _ = connection.ReadAsync();
        await connection.SendAsync(dialect.Handshake, cancellationToken);
        await connection._opened.Task.WaitAsync(cancellationToken);
        return connection;
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
                Process(_buffer.AsSpan(0, length), Stamp.NowNs());
                if (_dialect.ResponseTo(_buffer.AsSpan(0, length)) is { } response)
                    await SendAsync(response, CancellationToken.None);
                length = 0;
            }
        }
        catch (Exception exception)
            when (exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed by the server, or by us.
        }

        _opened.TrySetException(new IOException("The connection was closed."));
    }

    private void Process(ReadOnlySpan<byte> message, long nowNs)
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
