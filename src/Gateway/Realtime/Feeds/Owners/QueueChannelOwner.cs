using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>The grain of a queue as the owner of the channel of the queue's events.</summary>
internal sealed class QueueChannelOwner(ChannelName channel, IQueueChannelGrain queue) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => false;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) =>
        queue.AttachAsync(gateway, known?.Epoch, known?.Offset ?? 0);

    public Task DetachAsync(GatewayId gateway, long generation) => queue.DetachAsync(gateway, generation);
}
