namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>What a client is told that comes back with a position: everything that it has missed, or that it must read anew.</summary>
public sealed class RecoveryTests : SubscriptionHarness
{
    [Fact]
    public async Task Subscribe_FromTheEnd_IsRecoveredWithoutARead()
    {
        var answer = await SubscribeAsync(From(4), offset: 4);

        Assert.True(answer.Recovered);
        Assert.Empty(answer.Events);
        Assert.Equal(0, History.ReadCount);
    }

    [Fact]
    public async Task Subscribe_FromAPositionInTheRing_BringsWhatCameSince()
    {
        using var held = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        Feed.Apply(Marked(4));
        Feed.Apply(Marked(5));

        var answer = await SubscribeAsync(From(4));

        Assert.Equal(["read 5"], answer.Events.Select(Say));
        Assert.Equal((true, 5L, 0), (answer.Recovered, answer.Offset, History.ReadCount));
    }

    [Fact]
    public async Task Subscribe_FromBeforeTheRing_IsReadFromTheHistory()
    {
        History.Add(Marked(1), Marked(2), Marked(3));

        var answer = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal(["read 2", "read 3"], answer.Events.Select(Say));
        Assert.True(answer.Recovered);
    }

    [Fact]
    public async Task Subscribe_FromBeforeTheHistory_BringsNothing()
    {
        History.Add(Marked(3));

        var answer = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal((false, "e", 3L, null), (answer.Recovered, answer.Epoch, answer.Offset, answer.Error));
        Assert.Empty(answer.Events);
    }

    [Fact]
    public async Task Subscribe_OfAnotherEpoch_BringsNothing()
    {
        History.Add(Marked(1), Marked(2), Marked(3));

        var answer = await SubscribeAsync(From(1, "before"), offset: 3);

        Assert.False(answer.Recovered);
        Assert.Empty(answer.Events);
        Assert.Equal(0, History.ReadCount);
    }

    [Fact]
    public async Task Subscribe_AheadOfTheFeed_AsksTheOwnerFirst()
    {
        using var held = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        History.Add(Marked(4), Marked(5), Marked(6));

        var subscribing = Subscriptions.SubscribeAsync(From(5), Token);
        (await Owner.NextAttachAsync()).Answer(offset: 6);
        var answer = await subscribing;

        Assert.True(answer.Recovered);
        Assert.Equal(["read 6"], answer.Events.Select(Say));
        Assert.Equal(6, answer.Offset);
    }

    [Fact]
    public async Task Subscribe_AheadOfTheOwnerToo_BringsNothing()
    {
        using var held = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);

        var subscribing = Subscriptions.SubscribeAsync(From(9), Token);
        (await Owner.NextAttachAsync()).Answer(offset: 3);
        var answer = await subscribing;

        Assert.Equal((false, 3L), (answer.Recovered, answer.Offset));
    }

    [Fact]
    public async Task Subscribe_HistoryOutOfReach_IsUnavailable()
    {
        History.Fault = new TimeoutException("no silo");

        var answer = await SubscribeAsync(From(1), offset: 3);

        Assert.Equal("unavailable", answer.Error);
        Assert.Equal(0, Subscriptions.Count);
    }

    [Fact]
    public async Task Subscribe_WhileFramesCome_TellsEachOnce()
    {
        using var held = Feeds.Subscribe(Frames.Channel);
        await AttachAsync(offset: 3);
        History.Add(Marked(2), Marked(3), Marked(4));
        Feed.Apply(Marked(4));

        var answer = await SubscribeAsync(From(1));
        Feed.Apply(Marked(5));

        Assert.Equal(["read 2", "read 3", "read 4"], answer.Events.Select(Say));
        Assert.Equal(["read 5"], Read());
    }

    private async Task AttachAsync(long offset)
    {
        var ready = Feed.ReadyAsync();
        (await Owner.NextAttachAsync()).Answer(offset);
        await ready;
    }
}
