using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>The result of a subscription.</summary>
/// <param name="Recovered">
/// True when <paramref name="Events"/> are all frames that the client has missed. False when it must reload the channel's subject; there
/// are no events then.
/// </param>
/// <param name="Epoch">The channel's epoch; empty when there is an error.</param>
/// <param name="Offset">The offset that frames continue from: the next durable frame has <c>Offset + 1</c>.</param>
/// <param name="Events">The frames that the client has missed, the oldest first.</param>
/// <param name="Error">A code from the table of errors; null when the client is subscribed.</param>
internal sealed record SubscribeResult(
    ChannelName Channel, bool Recovered, string Epoch, long Offset, ImmutableArray<SharedFrame> Events, string? Error)
{
    public static SubscribeResult Refused(ChannelName channel, string error) => new(channel, Recovered: false, "", 0, [], error);
}
