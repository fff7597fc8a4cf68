namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>SignalR's JSON at the product's hub.</summary>
internal sealed class HubDialect : LinkDialect
{
    private static readonly byte[] PingRecord = "{\"type\":6}\u001e"u8.ToArray();

    public override string Path => "/hubs/chat";

    public override byte[] Hello { get; } = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();

    public override byte[]? Ping => PingRecord;

    public override bool IsOpened(ReadOnlySpan<byte> message) => message.IndexOf("\"type\":\"connected\""u8) >= 0;

    public override byte[]? AnswerTo(ReadOnlySpan<byte> message) => null;
}
