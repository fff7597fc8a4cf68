using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>The grain that publishes the frames of a channel, as a feed uses it.</summary>
internal interface IChannelOwner
{
    ChannelName Channel { get; }

    /// <summary>
    /// True when frames that the gateway has missed are read with <see cref="IChannelQueriesGrain"/>; false when the attachment contains
    /// the kept frames.
    /// </summary>
    bool IsStored { get; }

    /// <param name="gateway">This gateway, with a new generation.</param>
    /// <param name="known">The feed's position; null before its first attachment.</param>
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known);

    Task DetachAsync(GatewayId gateway, long generation);
}
