using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A frame of one channel.</summary>
[GenerateSerializer, Immutable, Alias("ChannelFrame")]
public abstract record ChannelFrame([property: JsonPropertyOrder(-1)] ChannelName Channel) : Frame;
