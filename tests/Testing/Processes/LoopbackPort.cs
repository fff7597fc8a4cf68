using System.Net;
using System.Net.Sockets;

namespace JubileeVerse.Testing.Processes;

public static class LoopbackPort
{
    /// <summary>A loopback port that is free at this moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
