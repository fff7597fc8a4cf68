using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>The state of a channel where a subscription starts; all three values are taken at the same moment.</summary>
/// <param name="Position">The channel's position.</param>
/// <param name="Cursor">Reads the frames after <paramref name="Position"/>.</param>
/// <param name="Missed">
/// The frames between the client's position and <paramref name="Position"/>; null when the feed does not hold all of them.
/// </param>
internal sealed record SubscriptionStart(ChannelPosition Position, ChannelCursor Cursor, ImmutableArray<SharedFrame>? Missed);
