using System.Net.Sockets;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>A stream of server-sent events whose content is read and discarded.</summary>
internal sealed class EventConnection : IDisposable
{
    private const int ReadBytes = 512;
    private readonly Socket _socket;

    private EventConnection(Socket socket) => _socket = socket;

    public bool IsOpen { get; private set; } = true;

    public static async Task<EventConnection> OpenAsync(Uri address, string path, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(address, path, cookie, "Accept: text/event-stream\r\n", cancellationToken);
        if (RawRequest.HasStatus(head, 200) && head.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            var connection = new EventConnection(socket);
            _ = connection.ReadAsync();
            return connection;
        }

        socket.Dispose();
        throw new IOException(head);
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[ReadBytes];
        try
        {
            while (await _socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed by the server, or by us.
        }

        IsOpen = false;
    }
}
