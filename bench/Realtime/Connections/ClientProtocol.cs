namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>
/// The client side of a WebSocket protocol: the minimum that the protocol requires, with the intervals of its own clients.
/// </summary>
internal abstract class ClientProtocol
{
    /// <summary>The path, including the query.</summary>
    public abstract string Path { get; }

    /// <summary>The first message from the client.</summary>
    public abstract byte[] Handshake { get; }

    /// <summary>The periodic ping of the client; null if the server sends the pings.</summary>
    public abstract byte[]? Ping { get; }

    /// <summary>Returns whether the message confirms that the connection is open.</summary>
    public abstract bool IsOpened(ReadOnlySpan<byte> message);

    /// <summary>The required response to a message; null if there is none.</summary>
    public abstract byte[]? ResponseTo(ReadOnlySpan<byte> message);
}
