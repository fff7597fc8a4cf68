using JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>A client subscribes with a position: it receives every frame it missed, or learns that it must reload.</summary>
public sealed class RecoveryTests : SubscriptionHarness
{
    [Fact]
    public async Task SubscribeAsync_FromTheEnd_IsRecoveredWithoutReadingTheHistory()
    {
        var result = await SubscribeAsync(From(4), offset: 4);

        Assert.True(result.Recovered);
        Assert.Empty(result.Events);
        Assert.Equal(0, History.ReadCount);
    }

    [Fact]
    public async Task SubscribeAsync_FromAPositionInTheRing_ReturnsTheFramesSince()
    {
        using var kept = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        Feed.Apply(Marked(4));
        Feed.Apply(Marked(5));

        var result = await SubscribeAsync(From(4));

        Assert.Equal(["read 5"], result.Events.Select(Format));
        Assert.Equal((true, 5L, 0), (result.Recovered, result.Offset, History.ReadCount));
    }

    [Fact]
    public async Task SubscribeAsync_FromBeforeTheRing_ReadsTheHistory()
    {
        History.Add(Marked(1), Marked(2), Marked(3));

        var result = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal(["read 2", "read 3"], result.Events.Select(Format));
        Assert.True(result.Recovered);
    }

    [Fact]
    public async Task SubscribeAsync_FromBeforeTheHistory_RecoversNothing()
    {
        History.Add(Marked(3));

        var result = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal((false, "e", 3L, null), (result.Recovered, result.Epoch, result.Offset, result.Error));
        Assert.Empty(result.Events);
    }

    [Fact]
    public async Task SubscribeAsync_AnotherEpoch_RecoversNothing()
    {
        History.Add(Marked(1), Marked(2), Marked(3));

        var result = await SubscribeAsync(From(1, "before"), offset: 3);

        Assert.False(result.Recovered);
        Assert.Empty(result.Events);
        Assert.Equal(0, History.ReadCount);
    }

    [Fact]
    public async Task SubscribeAsync_AheadOfTheFeed_AsksTheOwnerFirst()
    {
        using var kept = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        History.Add(Marked(4), Marked(5), Marked(6));

        var subscribing = Subscriptions.SubscribeAsync(From(5), Token);
        (await Owner.NextAttachAsync()).Complete(offset: 6);
        var result = await subscribing;

        Assert.True(result.Recovered);
        Assert.Equal(["read 6"], result.Events.Select(Format));
        Assert.Equal(6, result.Offset);
    }

    [Fact]
    public async Task SubscribeAsync_AheadOfTheOwner_RecoversNothing()
    {
        using var kept = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);

        var subscribing = Subscriptions.SubscribeAsync(From(9), Token);
        (await Owner.NextAttachAsync()).Complete(offset: 3);
        var result = await subscribing;

        Assert.Equal((false, 3L), (result.Recovered, result.Offset));
    }

    [Fact]
    public async Task SubscribeAsync_HistoryUnreachable_IsUnavailable()
    {
        History.Fault = new TimeoutException("no silo");

        var result = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal("unavailable", result.Error);
        Assert.Equal(0, Subscriptions.Count);
    }

    [Fact]
    public async Task SubscribeAsync_WhileFramesArrive_DeliversEachOnce()
    {
        using var kept = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        History.Add(Marked(2), Marked(3), Marked(4));
        Feed.Apply(Marked(4));

        var result = await SubscribeAsync(From(1));
        Feed.Apply(Marked(5));

        Assert.Equal(["read 2", "read 3", "read 4"], result.Events.Select(Format));
        Assert.Equal(["read 5"], Read());
    }

    private async Task AttachAsync(long offset)
    {
        var ready = Feed.EnsureAttachedAsync();
        (await Owner.NextAttachAsync()).Complete(offset);
        await ready;
    }
}
