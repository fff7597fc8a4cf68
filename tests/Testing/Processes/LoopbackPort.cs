using System.Net;
using System.Net.Sockets;

namespace JubileeVerse.Testing.Processes;

/// <summary>
/// Ports for servers that are started a moment after their port is chosen. They are below the range from which the system takes the ports
/// of connections and below that of <c>./cluster</c>, so that neither takes one in between.
/// </summary>
public static class LoopbackPort
{
    private const int First = 10_000;
    private const int Count = 10_000;

    /// <summary>Test modules that run at the same time start in different blocks of this size.</summary>
    private const int BlockSize = 100;

    private static int _last = Environment.ProcessId % (Count / BlockSize) * BlockSize;

    /// <summary>A loopback port that is free at this moment and that this process has not chosen recently.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No port from {First} on is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
