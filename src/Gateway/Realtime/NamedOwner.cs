using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>The grain of a channel that is nobody's. Who listens here is not told to it.</summary>
internal sealed class NamedOwner(ChannelName channel, IChannelGrain grain) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => false;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) =>
        grain.AttachAsync(gateway, known?.Epoch, known?.Offset ?? 0, []);

    public Task DetachAsync(GatewayId gateway, long generation) => grain.DetachAsync(gateway, generation);
}
