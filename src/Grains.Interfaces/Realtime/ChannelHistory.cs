namespace JubileeVerse.Realtime;

/// <summary>A part of a stored channel's past, whole.</summary>
/// <param name="Epoch">The channel's.</param>
/// <param name="Frames">Oldest first, without a hole.</param>
[GenerateSerializer, Immutable, Alias("ChannelHistory")]
public sealed record ChannelHistory(string Epoch, FrameList Frames);
