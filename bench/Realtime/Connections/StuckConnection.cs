using System.Net.Sockets;
using System.Net.WebSockets;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>
/// A connection that reads nothing after the handshake, like a client whose process hangs. Its receive buffer is small.
/// </summary>
internal sealed class StuckConnection : IDisposable
{
    private const int ReceiveBytes = 4096;

    private static readonly TimeSpan PingPeriod = TimeSpan.FromMilliseconds(100);

    private readonly ClientProtocol _dialect;
    private readonly WebSocket _socket;

    private StuckConnection(ClientProtocol dialect, WebSocket socket) => (_dialect, _socket) = (dialect, socket);

    public static async Task<StuckConnection> OpenAsync(
        Uri address, ClientProtocol dialect, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(
            address, dialect.Path, cookie, RawConnection.Upgrade, cancellationToken, ReceiveBytes);
        if (!RawRequest.HasStatus(head, 101))
        {
            socket.Dispose();
            throw new IOException(head);
        }

        var options = new WebSocketCreationOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        var connection = new StuckConnection(dialect, WebSocket.CreateFromStream(new NetworkStream(socket, ownsSocket: true), options));
        await connection._socket.SendAsync(dialect.Handshake, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        return connection;
    }

    /// <summary>Sends pings until that fails, because the server has closed the connection.</summary>
    public async Task WaitForDisconnectAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await _socket.SendAsync(_dialect.Ping!, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // The connection was reset.
        }
    }

    public void Dispose() => _socket.Dispose();
}
