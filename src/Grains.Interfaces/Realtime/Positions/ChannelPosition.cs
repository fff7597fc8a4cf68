namespace JubileeVerse.Realtime.Positions;

/// <summary>A position in a channel: all durable frames up to the offset are known.</summary>
/// <param name="Epoch">Random text, which is new if continuity was lost.</param>
/// <param name="Offset">Offset of the last durable frame; 0 before the first.</param>
[GenerateSerializer, Immutable, Alias("ChannelPosition")]
public readonly record struct ChannelPosition([property: Id(0)] string Epoch, [property: Id(1)] long Offset);
