using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

/// <summary>
/// The events of a queue, which are produced while a gateway is attached. Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// </summary>
[Alias("IQueueChannel"), GrainInterfaceType("JubileeVerse.Queues.IQueueChannel")]
public interface IQueueChannelGrain : IGrainWithStringKey
{
    /// <summary>
    /// Subscribes this gateway to the queue's events. Returns the retained events after the position, or all retained events if the
    /// position has another epoch.
    /// </summary>
    /// <param name="epoch">Epoch of the gateway's position; null if it has none.</param>
    /// <param name="offset">Offset of the last event that the gateway has.</param>
    [Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset);

    [Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);
}
