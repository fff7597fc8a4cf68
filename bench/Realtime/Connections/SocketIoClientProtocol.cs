namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>Socket.IO 4 over WebSocket only.</summary>
internal sealed class SocketIoClientProtocol : ClientProtocol
{
    private static readonly byte[] Pong = "3"u8.ToArray();

    public override string Path => "/socket.io/?EIO=4&transport=websocket";

    public override byte[] Handshake { get; } = "40"u8.ToArray();

    public override byte[]? Ping => null;

    public override bool IsOpened(ReadOnlySpan<byte> message) => message.StartsWith("40"u8);

    public override byte[]? ResponseTo(ReadOnlySpan<byte> message) => message.SequenceEqual("2"u8) ? Pong : null;
}
