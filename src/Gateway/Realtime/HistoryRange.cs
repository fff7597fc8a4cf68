using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>A part of a channel's past that is to be read.</summary>
/// <param name="After">The last frame that is known.</param>
/// <param name="UpTo">The offset of the last one to be read.</param>
internal readonly record struct HistoryRange(ChannelPosition After, long UpTo);
