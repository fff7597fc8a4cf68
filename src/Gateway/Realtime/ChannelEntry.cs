using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Where a subscription enters a channel: one moment, for all three.</summary>
/// <param name="At">How the channel stands.</param>
/// <param name="Cursor">Goes on from there.</param>
/// <param name="Missed">What came between the client's position and there; null when the feed cannot say.</param>
internal sealed record ChannelEntry(ChannelPosition At, ChannelCursor Cursor, ImmutableArray<SharedFrame>? Missed);
