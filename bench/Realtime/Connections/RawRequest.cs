using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>One HTTP request on a separate connection, with no state except the socket.</summary>
internal static class RawRequest
{
    private const int MaxHeadBytes = 8 * 1024;

    /// <summary>Sends a GET and reads only the head of the response.</summary>
    public static async Task<(Socket Socket, string Head)> SendAsync(
        Uri address, string path, string? cookie, string headers, CancellationToken cancellationToken, int? receiveBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBytes is { } bytes)
                socket.ReceiveBufferSize = bytes;
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellationToken);
            var cookieLine = cookie is null ? "" : $"Cookie: {cookie}\r\n";
            await socket.SendAsync(
                Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{cookieLine}{headers}\r\n"),
                cancellationToken);
            return (socket, await ReadHeadAsync(socket, cancellationToken));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static bool HasStatus(string head, int status) => head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal);

    private static async Task<string> ReadHeadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var head = new byte[MaxHeadBytes];
        while (true)
        {
            // Peek for the end of the head first, because the data after it must stay in the socket for the caller.
            var available = await socket.ReceiveAsync(head, SocketFlags.Peek, cancellationToken);
            var end = head.AsSpan(0, available).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                await socket.ReceiveAsync(head.AsMemory(0, end + 4), SocketFlags.None, cancellationToken);
                return Encoding.ASCII.GetString(head, 0, end + 4);
            }

            if (available is 0 or MaxHeadBytes)
                throw new IOException($"No response: {Encoding.ASCII.GetString(head, 0, available)}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }
}
