using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <param name="Hub">Links of the hub.</param>
/// <param name="Events">Event streams of channels.</param>
/// <param name="Replies">Streams of one reply.</param>
internal sealed record ConnectionsByTransport(int Hub, int Events, int Replies)
{
    public static ConnectionsByTransport Of(ImmutableDictionary<LinkTransport, int> counts) => new(
        counts.GetValueOrDefault(LinkTransport.Hub),
        counts.GetValueOrDefault(LinkTransport.EventStream),
        counts.GetValueOrDefault(LinkTransport.ReplyStream));
}
