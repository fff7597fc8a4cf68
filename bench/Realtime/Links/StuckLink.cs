using System.Net.Sockets;
using System.Net.WebSockets;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>A link that shakes hands and then reads nothing, as a client does whose process hangs. It has little room for what it does not read.</summary>
internal sealed class StuckLink : IDisposable
{
    private const int ReceiveBytes = 4096;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    private readonly LinkDialect _dialect;
    private readonly WebSocket _socket;

    private StuckLink(LinkDialect dialect, WebSocket socket) => (_dialect, _socket) = (dialect, socket);

    public static async Task<StuckLink> OpenAsync(Uri address, LinkDialect dialect, string? cookie, CancellationToken cancellationToken)
    {
        var (socket, head) = await RawRequest.SendAsync(address, dialect.Path, cookie, RawLink.Upgrade, cancellationToken, ReceiveBytes);
        if (!RawRequest.HasStatus(head, 101))
        {
            socket.Dispose();
            throw new IOException(head);
        }

        var options = new WebSocketCreationOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        var link = new StuckLink(dialect, WebSocket.CreateFromStream(new NetworkStream(socket, ownsSocket: true), options));
        await link._socket.SendAsync(dialect.Hello, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        return link;
    }

    /// <summary>It goes on saying that it lives until that cannot be sent any more, which is when the server has cut it.</summary>
    public async Task UntilCutAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await _socket.SendAsync(_dialect.Ping!, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // A reset.
        }
    }

    public void Dispose() => _socket.Dispose();
}
