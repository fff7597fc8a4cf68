using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>A batch of a silo never arrives. Within 40 seconds each subscriber receives its frames, or a gap frame.</summary>
public sealed class DroppedBatchTests
{
    private readonly FakeTimeProvider _time = new();
    private long _sequence;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeliverAsync_BatchAfterADroppedOne_RecoversTheDroppedFrames(bool isStored)
    {
        var (channel, observer, feed, client, subscriptions) = await FollowAsync(isStored, historyLimit: null);
        await DeliverAsync(observer, channel.Execute(2, 0), channel.Execute(4, 5));
        _time.Advance(TimeSpan.FromSeconds(1));
        Drop(channel.Execute(0, 0), channel.Execute(5, 1), channel.Execute(8, 0));
        await DeliverAsync(observer, channel.Execute(0, 0));

        await feed.EnsureAttachedAsync();

        Take(client, subscriptions);
        Assert.Equal((3, 3, 0), (client.Offset, client.DurableFrames, client.Reloads));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sweep_LastBatchDropped_RecoversItWithin40Seconds(bool isStored)
    {
        var (channel, observer, feed, client, subscriptions) = await FollowAsync(isStored, historyLimit: null);
        await DeliverAsync(observer, channel.Execute(0, 0));
        Drop(channel.Execute(0, 0), channel.Execute(1, 0));

        await PassAsync(feed);

        Take(client, subscriptions);
        Assert.Equal((3, 3, 0), (client.Offset, client.DurableFrames, client.Reloads));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sweep_DroppedFramesNotKept_SendsAGapFrameWithin40Seconds(bool isStored)
    {
        var (channel, observer, feed, client, subscriptions) = await FollowAsync(isStored, historyLimit: 1);
        await DeliverAsync(observer, channel.Execute(0, 0));
        Drop(channel.Execute(0, 0), channel.Execute(1, 0));

        await PassAsync(feed);

        Take(client, subscriptions);
        Assert.Equal((3, 1), (client.Offset, client.Reloads));
    }

    private static void Drop(params ChannelFrame[][] frames) => Assert.NotEmpty(frames);

    private static void Take(ClientModel client, IConnectionSubscriptions subscriptions)
    {
        var burst = new FrameBurst();
        subscriptions.Read(burst);
        client.Receive(burst);
    }

    private async Task<(
        ReferenceChannel Channel,
        GatewayObserver Observer,
        ChannelFeed Feed,
        ClientModel Client,
        IConnectionSubscriptions Subscriptions)> FollowAsync(bool isStored, int? historyLimit)
    {
        var channel = new ReferenceChannel(ChannelName.Announcements, isStored) { HistoryLimit = historyLimit };
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueriesGrain>(channel);
        var channels = new ChannelDirectory();
        var observer = new GatewayObserver(channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        var gateway = new GatewayIdentity(grains, observer, _time);
        var history = new ChannelHistoryClient(grains);
        var options = new DeliveryOptions();
        var feed = channels.GetOrAdd(
            channel.Channel, _ => new ChannelFeed(channel, history, gateway, options, _time, NullLogger<ChannelFeed>.Instance));
        var feeds = new ChannelFeeds(
            channels,
            gateway,
            new ChannelOwnerFactory(grains, TestConnections.New()),
            history,
            _time,
            Options.Create(options),
            NullLoggerFactory.Instance);
        var subscriptions = new ConnectionSubscriptionsFactory(
                feeds, history, new ChannelAccess(grains), NullLogger<ConnectionSubscriptions>.Instance)
            .Create(UserId.New(_time), new FakeFeedSubscriber(), maxChannels: 1);
        var client = new ClientModel(channel.Channel);
        client.Receive(await subscriptions.SubscribeAsync(client.Request(), TestContext.Current.CancellationToken));
        return (channel, observer, feed, client, subscriptions);
    }

    private Task DeliverAsync(GatewayObserver observer, params ChannelFrame[][] frames)
    {
        // The dropped batch had a sequence number, too.
        _sequence += _sequence == 0 ? 1 : 2;
        return observer.DeliverAsync(
            new GatewayBatch(ReferenceChannel.Silo, 1, _sequence, false, [], [.. frames.SelectMany(some => some)]));
    }

    /// <summary>Lets 40 seconds pass and sweeps the feed once a second, as a gateway does.</summary>
    private async Task PassAsync(ChannelFeed feed)
    {
        for (var seconds = 0; seconds < 40; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            feed.Sweep();
            await feed.WhenAttachEndsAsync();
        }
    }
}
