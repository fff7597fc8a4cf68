using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>A range of a channel's history to read.</summary>
/// <param name="After">The position of the last frame that is known already.</param>
/// <param name="UpTo">The offset of the last frame to read.</param>
internal readonly record struct HistoryRange(ChannelPosition After, long UpTo);
