namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>The JSON protocol of SignalR at the product's hub.</summary>
internal sealed class HubClientProtocol : ClientProtocol
{
    private static readonly byte[] PingRecord = "{\"type\":6}\u001e"u8.ToArray();

    public override string Path => "/hubs/chat";

    public override byte[] Handshake { get; } = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();

    public override byte[]? Ping => PingRecord;

    public override bool IsOpened(ReadOnlySpan<byte> message) => message.IndexOf("\"type\":\"connected\""u8) >= 0;

    public override byte[]? ResponseTo(ReadOnlySpan<byte> message) => null;
}
