using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>A batch of a silo never arrives: within forty seconds whoever listens knows what was in it, or that it is gone.</summary>
public sealed class DroppedBatchTests
{
    private readonly FakeTimeProvider _time = new();
    private long _sequence;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliver_TheNextBatch_ShowsTheLoss_AndWhatWasLostIsTold(bool isStored)
    {
        var (truth, observer, feed, client, link) = await FollowAsync(isStored, keeps: null);
        await DeliverAsync(observer, truth.Do(2, 0), truth.Do(4, 5));
        _time.Advance(TimeSpan.FromSeconds(1));
        Drop(truth.Do(0, 0), truth.Do(5, 1), truth.Do(8, 0));
        await DeliverAsync(observer, truth.Do(0, 0));

        await feed.ReadyAsync();

        Take(client, link);
        Assert.Equal((3, 3, 0), (client.Offset, client.Told, client.Rereads));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sweep_AfterTheLastBatchOfAll_FindsTheLossInTime(bool isStored)
    {
        var (truth, observer, feed, client, link) = await FollowAsync(isStored, keeps: null);
        await DeliverAsync(observer, truth.Do(0, 0));
        Drop(truth.Do(0, 0), truth.Do(1, 0));

        await PassAsync(feed);

        Take(client, link);
        Assert.Equal((3, 3, 0), (client.Offset, client.Told, client.Rereads));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sweep_WhatWasLostIsNotKept_TellsTheGapInTime(bool isStored)
    {
        var (truth, observer, feed, client, link) = await FollowAsync(isStored, keeps: 1);
        await DeliverAsync(observer, truth.Do(0, 0));
        Drop(truth.Do(0, 0), truth.Do(1, 0));

        await PassAsync(feed);

        Take(client, link);
        Assert.Equal((3, 1), (client.Offset, client.Rereads));
    }

    private static void Drop(params ChannelFrame[][] frames) => Assert.NotEmpty(frames);

    private static void Take(RebuiltChannel client, ILinkSubscriptions link)
    {
        var burst = new FrameBurst();
        link.Read(burst);
        client.Take(burst);
    }

    private async Task<(TrueChannel Truth, GatewayObserver Observer, ChannelFeed Feed, RebuiltChannel Client, ILinkSubscriptions Link)> FollowAsync(
        bool isStored, int? keeps)
    {
        var truth = new TrueChannel(ChannelName.Announcements, isStored) { Keeps = keeps };
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueries>(truth);
        var channels = new ChannelDirectory();
        var observer = new GatewayObserver(channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        var gateway = new GatewayIdentity(grains, observer, _time);
        var past = new ChannelPast(grains);
        var options = new DeliveryOptions();
        var feed = channels.GetOrAdd(
            truth.Channel, _ => new ChannelFeed(truth, past, gateway, options, _time, NullLogger<ChannelFeed>.Instance));
        var feeds = new ChannelFeeds(
            channels, gateway, new ChannelOwners(grains, TestConnections.New()), past, _time, Options.Create(options), NullLoggerFactory.Instance);
        var link = new LinkSubscriptionsFactory(feeds, past, new ChannelAccess(grains), NullLogger<LinkSubscriptions>.Instance)
            .For(UserId.New(_time), new FakeListener(), maxChannels: 1);
        var client = new RebuiltChannel(truth.Channel);
        client.Take(await link.SubscribeAsync(client.Request(), TestContext.Current.CancellationToken));
        return (truth, observer, feed, client, link);
    }

    private Task DeliverAsync(GatewayObserver observer, params ChannelFrame[][] frames)
    {
        // What was dropped had a number too.
        _sequence += _sequence == 0 ? 1 : 2;
        return observer.DeliverAsync(new GatewayBatch(TrueChannel.Silo, 1, _sequence, false, [], [.. frames.SelectMany(some => some)]));
    }

    /// <summary>Forty seconds, in which the feed is swept as it is in a gateway.</summary>
    private async Task PassAsync(ChannelFeed feed)
    {
        for (var seconds = 0; seconds < 40; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            feed.Sweep();
            await feed.SettledAsync();
        }
    }
}
