namespace JubileeVerse.Realtime;

/// <summary>How far somebody is in a channel: they know all durable frames up to the offset.</summary>
/// <param name="Epoch">Random text, new when continuity was lost.</param>
/// <param name="Offset">Of the last durable frame; 0 before the first.</param>
[GenerateSerializer, Immutable, Alias("ChannelPosition")]
public readonly record struct ChannelPosition([property: Id(0)] string Epoch, [property: Id(1)] long Offset);
