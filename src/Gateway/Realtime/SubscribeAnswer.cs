using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>What became of a subscription.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Recovered">True: with <paramref name="Events"/> the client knows everything. False: it reads the subject anew; there are none.</param>
/// <param name="Epoch">The channel's, and empty where there is an error.</param>
/// <param name="Offset">Where frames go on from: the next durable one has one more.</param>
/// <param name="Events">What the client has missed, oldest first.</param>
/// <param name="Error">A code of the table of errors; null: it is subscribed.</param>
internal sealed record SubscribeAnswer(
    ChannelName Channel, bool Recovered, string Epoch, long Offset, ImmutableArray<SharedFrame> Events, string? Error)
{
    public static SubscribeAnswer Refused(ChannelName channel, string error) => new(channel, Recovered: false, "", 0, [], error);
}
