using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>
/// The grain of a named channel or the announcements as the owner of that channel. It does not learn which users follow the channel.
/// </summary>
internal sealed class NamedChannelOwner(ChannelName channel, IChannelGrain grain) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => false;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) =>
        grain.AttachAsync(gateway, known?.Epoch, known?.Offset ?? 0, []);

    public Task DetachAsync(GatewayId gateway, long generation) => grain.DetachAsync(gateway, generation);
}
