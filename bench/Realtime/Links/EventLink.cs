using System.Net.Sockets;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>A stream of server-sent events that is read and forgotten.</summary>
internal sealed class EventLink : IDisposable
{
    private const int ReadBytes = 512;
    private readonly Socket _socket;

    private EventLink(Socket socket) => _socket = socket;

    public bool IsOpen { get; private set; } = true;

    public static async Task<EventLink> OpenAsync(Uri address, string path, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(address, path, cookie, "Accept: text/event-stream\r\n", cancellationToken);
        if (RawRequest.HasStatus(head, 200) && head.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            var link = new EventLink(socket);
            _ = link.ReadAsync();
            return link;
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
