using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>
/// A frame that is kept in the channel's history: a conversation's is stored in the same transaction as what it tells, a queue's in memory.
/// </summary>
/// <param name="Channel">Where it was said.</param>
/// <param name="Epoch">Random text; another one means that continuity was lost.</param>
/// <param name="Offset">Position in the channel, one more for each durable frame.</param>
[GenerateSerializer, Immutable, Alias("DurableFrame")]
public abstract record DurableFrame(
    ChannelName Channel,
    [property: JsonPropertyOrder(-1)] string Epoch,
    [property: JsonPropertyOrder(-1)] long Offset) : ChannelFrame(Channel);
