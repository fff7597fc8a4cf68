using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>A channel feed; the test acts as the owner of its channel.</summary>
public abstract class ChannelFeedHarness
{
    protected ChannelFeedHarness()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueriesGrain>(History);
        var observer = new GatewayObserver(new ChannelDirectory(), TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        Feed = new ChannelFeed(
            new ConversationChannelOwner(Frames.Channel, Owner),
            new ChannelHistoryClient(grains),
            new GatewayIdentity(grains, observer, Time),
            new DeliveryOptions(),
            Time,
            NullLogger<ChannelFeed>.Instance);
    }

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeConversationGrain Owner { get; } = new();

    private protected FakeHistory History { get; } = new();

    private protected ChannelFeed Feed { get; }

    protected async Task AttachAsync(params ReplySnapshot[] replies)
    {
        var ready = Feed.EnsureAttachedAsync();
        (await Owner.NextAttachAsync()).Complete(replies: replies);
        await ready;
    }
}
