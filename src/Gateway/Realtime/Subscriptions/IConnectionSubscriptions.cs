using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>
/// The subscriptions of one connection: it holds a cursor into the feed of each channel, and no frames. Disposing it ends them all.
/// Commands run one at a time. A read may run concurrently with a command, but not with another read.
/// </summary>
internal interface IConnectionSubscriptions : IDisposable
{
    /// <summary>Includes the user's own channel and the announcements, which do not count against the limit.</summary>
    int Count { get; }

    /// <summary>True while a reply in one of the channels is running; a drain closes such a connection last.</summary>
    bool HasRunningReply { get; }

    /// <summary>
    /// True when the owner of a followed reply has been unreachable for so long that the client should reconnect to another gateway.
    /// </summary>
    bool IsOwnerUnreachable => false;

    /// <summary>
    /// The bytes that the connection has not been sent yet, as far as the feeds hold them. A connection that is too far behind is slow.
    /// </summary>
    long UnreadBytes { get; }

    /// <summary>
    /// Checks access, waits for the feed, and recovers all missed frames or none. A refusal is returned and not thrown. A second
    /// subscription to the same channel replaces the first and starts at the position of the new request.
    /// </summary>
    Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken);

    /// <summary>False when the connection was not subscribed to the channel.</summary>
    bool Unsubscribe(ChannelName channel);

    /// <summary>
    /// Adds new frames until the burst is full, channel by channel and in each channel's order, and moves the cursors forward.
    /// </summary>
    void Read(FrameBurst burst);
}
