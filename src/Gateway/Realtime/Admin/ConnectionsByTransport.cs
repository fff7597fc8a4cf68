using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Hub">Connections to the hub.</param>
/// <param name="Events">Server-sent event streams of channels.</param>
/// <param name="Replies">Server-sent event streams of a single reply.</param>
internal sealed record ConnectionsByTransport(int Hub, int Events, int Replies)
{
    public static ConnectionsByTransport From(ImmutableDictionary<ConnectionTransport, int> counts) => new(
        counts.GetValueOrDefault(ConnectionTransport.Hub),
        counts.GetValueOrDefault(ConnectionTransport.EventStream),
        counts.GetValueOrDefault(ConnectionTransport.ReplyStream));
}
