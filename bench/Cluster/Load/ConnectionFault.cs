using System.Net.Sockets;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Classifies connection failures by one word.</summary>
internal static class ConnectionFault
{
    public static string Describe(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "refused",
                    SocketError.ConnectionReset => "reset",
                    _ => socket.SocketErrorCode.ToString(),
                };
            }
        }

        return exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
            || exception.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                ? "cut"
                : exception.GetType().Name;
    }
}
