using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>Creates the feed of a channel with its first subscriber, and closes it some time after the last subscriber has left.</summary>
internal sealed class ChannelFeeds(
    ChannelDirectory channels,
    GatewayIdentity gateway,
    ChannelOwnerFactory owners,
    ChannelHistoryClient history,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILoggerFactory loggers)
{
    private readonly ILogger<ChannelFeed> _logger = loggers.CreateLogger<ChannelFeed>();

    /// <param name="subscriber">Is pulsed whenever the channel has something new; null when nothing is to be pulsed.</param>
    public FeedSubscription Subscribe(ChannelName channel, IFeedSubscriber? subscriber = null)
    {
        while (true)
        {
            var feed = channels.GetOrAdd(channel, Create);
            if (feed.TrySubscribe(subscriber) is { } subscription)
                return subscription;
            channels.Remove(feed);
        }
    }

    /// <summary>Sweeps every feed, so that neither a feed nor a connection needs a timer.</summary>
    public void Sweep()
    {
        foreach (var feed in channels.All)
        {
            if (!feed.Sweep())
                continue;
            channels.Remove(feed);
            // The call is not awaited: it catches and logs its exceptions, and the silo recovers from a lost detach.
            _ = feed.DetachAsync();
        }
    }

    private ChannelFeed Create(ChannelName channel) => new(owners.Create(channel), history, gateway, options.Value, time, _logger);
}
