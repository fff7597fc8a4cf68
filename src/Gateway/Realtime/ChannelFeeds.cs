using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>The doorway to feeds: made with the first subscriber of a channel, dropped some time after the last.</summary>
internal sealed class ChannelFeeds(
    ChannelDirectory channels,
    GatewayIdentity gateway,
    IGrainFactory grains,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILoggerFactory loggers)
{
    private readonly ILogger<ChannelFeed> _logger = loggers.CreateLogger<ChannelFeed>();

    public FeedSubscription Subscribe(ConversationId id)
    {
        while (true)
        {
            var feed = channels.GetOrAdd(ChannelName.Of(id), channel => Make(channel, id));
            if (feed.TrySubscribe() is { } subscription)
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

    private ChannelFeed Make(ChannelName channel, ConversationId id) =>
        new(channel, grains.GetGrain<IConversationGrain>(id.Value), gateway, options.Value, time, _logger);
}
