namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>Socket.IO 4 over a WebSocket from the start.</summary>
internal sealed class SocketIoDialect : LinkDialect
{
    private static readonly byte[] Pong = "3"u8.ToArray();

    public override string Path => "/socket.io/?EIO=4&transport=websocket";

    public override byte[] Hello { get; } = "40"u8.ToArray();

    public override byte[]? Ping => null;

    public override bool IsOpened(ReadOnlySpan<byte> message) => message.StartsWith("40"u8);

    public override byte[]? AnswerTo(ReadOnlySpan<byte> message) => message.SequenceEqual("2"u8) ? Pong : null;
}
