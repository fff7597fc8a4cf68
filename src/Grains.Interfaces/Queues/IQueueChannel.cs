using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

/// <summary>A queue's events, made while a gateway is attached. Key: queue name; the same grain as <see cref="IQueueGrain"/>.</summary>
[Alias("IQueueChannel")]
public interface IQueueChannel : IGrainWithStringKey
{
    /// <summary>
    /// Sends the queue's events to this gateway from now on. Answers with those after the position that are kept; with all that are when it is
    /// of another epoch.
    /// </summary>
    /// <param name="gateway">Who listens.</param>
    /// <param name="epoch">What it knows already; null for nothing.</param>
    /// <param name="offset">The last event that it knows.</param>
    [Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset);

    [Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);
}
