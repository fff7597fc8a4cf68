using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>A channel to subscribe to, and what the client knows of it. Without a position nothing is recovered.</summary>
/// <param name="Epoch">The epoch of the last frame that the client has.</param>
/// <param name="Offset">The offset of the last frame that the client has.</param>
/// <param name="Replies">The reply texts that the client has; null or default for none.</param>
internal sealed record SubscribeRequest(
    ChannelName Channel, string? Epoch = null, long? Offset = null, ImmutableArray<ResumeReply>? Replies = null)
{
    public ChannelPosition? Position => Epoch is { } epoch && Offset is { } offset ? new ChannelPosition(epoch, offset) : null;
}
