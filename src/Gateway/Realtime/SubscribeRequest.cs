using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>A channel that a link wants to hear, and what its client knows of it. Without a position nothing is recovered.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Epoch">Of the last frame that the client knows.</param>
/// <param name="Offset">Of the last frame that the client knows.</param>
/// <param name="Replies">The texts that it has; null or default for none.</param>
internal sealed record SubscribeRequest(
    ChannelName Channel, string? Epoch = null, long? Offset = null, ImmutableArray<ResumeReply>? Replies = null)
{
    public ChannelPosition? Position => Epoch is { } epoch && Offset is { } offset ? new ChannelPosition(epoch, offset) : null;
}
