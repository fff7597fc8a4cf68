using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Whoever says what is new in a channel: a grain, as a feed sees it.</summary>
internal interface IChannelOwner
{
    ChannelName Channel { get; }

    /// <summary>True: what the gateway has missed is read with <see cref="IChannelQueries"/>. False: the attachment brings what is kept.</summary>
    bool IsStored { get; }

    /// <param name="gateway">This gateway, with a new generation.</param>
    /// <param name="known">How far the feed is; null when it knows nothing.</param>
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known);

    Task DetachAsync(GatewayId gateway, long generation);
}
