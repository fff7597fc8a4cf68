using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Realtime.Positions;

/// <summary>A contiguous part of the history of a stored channel.</summary>
/// <param name="Frames">Oldest first, without gaps.</param>
[GenerateSerializer, Immutable, Alias("ChannelHistory")]
public sealed record ChannelHistory(string Epoch, FrameList Frames);
