using JubileeVerse.Realtime;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>The doorway to feeds: made with the first subscriber of a channel, dropped some time after the last.</summary>
internal sealed class ChannelFeeds(
    ChannelDirectory channels,
    GatewayIdentity gateway,
    ChannelOwners owners,
    ChannelPast past,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILoggerFactory loggers)
{
    private readonly ILogger<ChannelFeed> _logger = loggers.CreateLogger<ChannelFeed>();

    /// <param name="channel">Which.</param>
    /// <param name="listener">Is told whenever there is something new; null for nobody.</param>
    public FeedSubscription Subscribe(ChannelName channel, IFeedListener? listener = null)
    {
        while (true)
        {
            var feed = channels.GetOrAdd(channel, Make);
            if (feed.TrySubscribe(listener) is { } subscription)
                return subscription;
            channels.Remove(feed);
        }
    }

    /// <summary>One look at every feed, so that neither a feed nor a connection needs a timer.</summary>
    public void Sweep()
    {
        foreach (var feed in channels.All)
        {
            if (!feed.Sweep())
                continue;
            channels.Remove(feed);
            // Awaited by nobody: it catches and logs what goes wrong, and a lost detach is repaired by the silo.
            _ = feed.DetachAsync();
        }
    }

    private ChannelFeed Make(ChannelName channel) => new(owners.Of(channel), past, gateway, options.Value, time, _logger);
}
