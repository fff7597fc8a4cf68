using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>A frame of one channel.</summary>
/// <param name="Channel">Where it was said.</param>
[GenerateSerializer, Immutable, Alias("ChannelFrame")]
public abstract record ChannelFrame([property: JsonPropertyOrder(-1)] ChannelName Channel) : Frame;
