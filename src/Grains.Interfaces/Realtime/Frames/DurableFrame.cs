using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>
/// A frame that is retained in the channel's history. A conversation's frame is stored in the same transaction as the change that it
/// describes; a queue's frame is in memory.
/// </summary>
/// <param name="Epoch">Random text. A different epoch means that continuity was lost.</param>
/// <param name="Offset">Position in the channel, incremented with each durable frame.</param>
[GenerateSerializer, Immutable, Alias("DurableFrame")]
public abstract record DurableFrame(
    ChannelName Channel,
    [property: JsonPropertyOrder(-1)] string Epoch,
    [property: JsonPropertyOrder(-1)] long Offset) : ChannelFrame(Channel);
