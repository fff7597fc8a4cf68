using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>A feed whose channel's owner is the test.</summary>
public abstract class ChannelFeedHarness
{
    protected ChannelFeedHarness()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueries>(History);
        var observer = new GatewayObserver(new ChannelDirectory(), TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        Feed = new ChannelFeed(
            new ConversationOwner(Frames.Channel, Owner), new ChannelPast(grains), new GatewayIdentity(grains, observer, Time), new DeliveryOptions(), Time, NullLogger<ChannelFeed>.Instance);
    }

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeChannel Owner { get; } = new();

    private protected FakeHistory History { get; } = new();

    private protected ChannelFeed Feed { get; }

    protected async Task AttachAsync(params ReplySnapshot[] replies)
    {
        var ready = Feed.ReadyAsync();
        (await Owner.NextAttachAsync()).Answer(replies: replies);
        await ready;
    }
}
