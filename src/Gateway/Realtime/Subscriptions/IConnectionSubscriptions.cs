using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>
/// The subscriptions of one connection: it holds a cursor into the feed of each channel, and no frames. Frames are read channel by channel
/// and in each channel's order. Commands run one at a time. A read may run concurrently with a command.
/// </summary>
internal interface IConnectionSubscriptions : IFrameSource
{
    /// <summary>Includes the user's own channel and the announcements, which do not count against the limit.</summary>
    int Count { get; }

    /// <summary>
    /// Checks access, waits for the feed, and recovers all missed frames or none. A refusal is returned and not thrown. A second
    /// subscription to the same channel replaces the first and starts at the position of the new request.
    /// </summary>
    Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken);

    /// <summary>False when the connection was not subscribed to the channel.</summary>
    bool Unsubscribe(ChannelName channel);
}
