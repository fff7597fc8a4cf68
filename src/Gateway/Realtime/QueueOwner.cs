using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>A queue, which owns the channel of its events.</summary>
internal sealed class QueueOwner(ChannelName channel, IQueueChannel queue) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => false;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) =>
        queue.AttachAsync(gateway, known?.Epoch, known?.Offset ?? 0);

    public Task DetachAsync(GatewayId gateway, long generation) => queue.DetachAsync(gateway, generation);
}
