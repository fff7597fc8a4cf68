using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

public sealed class ChannelFeedTests : ChannelFeedHarness
{
    [Fact]
    public async Task EnsureAttachedAsync_TwoSubscribers_AttachesOnce()
    {
        var first = Feed.EnsureAttachedAsync();
        var second = Feed.EnsureAttachedAsync();
        (await Owner.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hello"));
        await first;
        await second;

        Assert.Equal(1, Owner.AttachCount);
        Assert.Equal(["snapshot"], Read());
    }

    [Fact]
    public async Task Apply_WhileAttaching_IsBufferedAndMerged()
    {
        var ready = Feed.EnsureAttachedAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Delta(7, 5, ", you"));
        call.Complete(replies: Frames.Snapshot(7, "Hel"));
        await ready;

        Assert.Equal("Hello, you", Text());
    }

    [Fact]
    public async Task Apply_WhileAttachingTextAlsoInTheSnapshot_IsTrimmed()
    {
        var ready = Feed.EnsureAttachedAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        call.Complete(replies: Frames.Snapshot(7, "Hello"));
        await ready;

        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Apply_DeltaAfterAGap_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Frames.Delta(7, 5, ", you"));
        var again = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 10, "!"));
        var ready = Feed.EnsureAttachedAsync();
        again.Complete(replies: Frames.Snapshot(7, "Hello, you"));
        await ready;

        Assert.Equal("Hello, you!", Text());
    }

    [Fact]
    public async Task Apply_SeveralGaps_AttachesNoFasterThanTheLimit()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        using var subscription = Feed.TrySubscribe();
        for (var i = 0; i < 5; i++)
            Feed.Apply(Frames.Delta(7, 50 + i, "x"));
        Assert.Equal(1, Owner.AttachCount);

        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Sweep();
        await Owner.NextAttachAsync();
        Assert.Equal(2, Owner.AttachCount);
    }

    [Fact]
    public async Task OnFramesLost_SiloOfTheOwner_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.OnFramesLost("silo-2");
        Assert.Equal(1, Owner.AttachCount);

        Feed.OnFramesLost("silo-1");
        await Owner.NextAttachAsync();
        Assert.Equal(2, Owner.AttachCount);
    }

    [Fact]
    public async Task OnOwnerMoved_AttachPending_AttachesAgainAndIgnoresTheLateResult()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = Feed.AttachAgainAsync();
        var deadOwnerCall = await Owner.NextAttachAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.OnOwnerMoved();
        var newOwnerCall = await Owner.NextAttachAsync();
        newOwnerCall.Complete(silo: "silo-2", replies: Frames.Snapshot(8, "Anew"));
        await check;
        deadOwnerCall.Complete(silo: "silo-1");

        Assert.True(newOwnerCall.Subscription.Generation > deadOwnerCall.Subscription.Generation);
        Assert.Equal("Anew", Text());
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.OnFramesLost("silo-2");
        await Owner.NextAttachAsync();
    }

    [Fact]
    public async Task OnOwnerMoved_SeveralTimes_AttachesOnceNowAndOnceLater()
    {
        await AttachAsync();
        using var subscription = Feed.TrySubscribe();
        Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            Feed.OnOwnerMoved();
        var settled = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete();
        await settled;
        Assert.Equal(2, Owner.AttachCount);

        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Sweep();
        await Owner.NextAttachAsync();
        Assert.Equal(3, Owner.AttachCount);
    }

    [Fact]
    public async Task AttachAgainAsync_ReplyNoLongerOpen_IsMissing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete(offset: 3);
        await check;

        Assert.True(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task AttachAgainAsync_ReplyQueuedMeanwhile_IsNotMissing()
    {
        await AttachAsync();
        var check = Feed.AttachAgainAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Queued());
        call.Complete();
        await check;

        Assert.False(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task Apply_DurableFrameAfterAGap_AttachesAgain()
    {
        await AttachAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(new ReadMarked(Frames.Channel, "e", 1, default, 1));
        Assert.Equal(1, Owner.AttachCount);

        Feed.Apply(new ReadMarked(Frames.Channel, "e", 3, default, 2));
        await Owner.NextAttachAsync();
        Assert.Equal(2, Owner.AttachCount);
    }

    [Fact]
    public async Task Sweep_QuietWithAnOpenReply_ChecksAfter5Seconds()
    {
        using var subscription = Feed.TrySubscribe();
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Time.Advance(TimeSpan.FromSeconds(4));
        Feed.Sweep();
        Assert.Equal(1, Owner.AttachCount);

        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Sweep();
        await Owner.NextAttachAsync();
    }

    [Fact]
    public async Task Sweep_NoOpenReply_ChecksAfter30Seconds()
    {
        using var subscription = Feed.TrySubscribe();
        await AttachAsync();
        Time.Advance(TimeSpan.FromSeconds(29));
        Feed.Sweep();
        Assert.Equal(1, Owner.AttachCount);

        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Sweep();
        await Owner.NextAttachAsync();
    }

    [Fact]
    public async Task Sweep_NoSubscriberFor10Seconds_ClosesTheFeed()
    {
        var subscription = Feed.TrySubscribe()!;
        await AttachAsync();
        subscription.Dispose();
        subscription.Dispose();
        Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(Feed.Sweep());
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Feed.Sweep());
        Assert.Null(Feed.TrySubscribe());
    }

    [Fact]
    public async Task DetachAsync_AfterAttach_HasALaterGeneration()
    {
        var ready = Feed.EnsureAttachedAsync();
        var call = await Owner.NextAttachAsync();
        call.Complete();
        await ready;
        Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(Feed.Sweep());
        await Feed.DetachAsync();

        Assert.True(await Owner.NextDetachAsync() > call.Subscription.Generation);
    }

    [Fact]
    public async Task EnsureAttachedAsync_AttachFails_ThrowsAndTheNextCallAttachesAgain()
    {
        var ready = Feed.EnsureAttachedAsync();
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);

        await AttachAsync(Frames.Snapshot(7, "Hello"));
        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Apply_AnyChangeOfAReply_PulsesTheSubscriberOnce()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var subscriber = new FakeFeedSubscriber();
        using var subscription = Feed.TrySubscribe(subscriber);

        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Assert.Equal(1, subscriber.Pulses);
        Feed.Apply(Frames.Completed(7, "Hello"));
        Assert.Equal(2, subscriber.Pulses);
    }

    [Fact]
    public async Task Apply_QueuedAfterFailure_ReopensTheReply()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Feed.Apply(Frames.Failed());
        Assert.True(Feed.Find(Frames.Id)!.HasFailed);
        Feed.Apply(Frames.Delta(7, 3, "late"));
        Assert.True(Feed.Find(Frames.Id)!.HasFailed);

        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Delta(8, 0, "Better"));
        Assert.Equal("Better", Text());
    }

    [Fact]
    public async Task Apply_QueuedAfterCompletion_IsIgnored()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Feed.Apply(Frames.Completed(7, "Hello"));
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Started(8));

        Assert.Equal(["snapshot", "ai-response-complete"], Read());
    }

    private IEnumerable<string> Read() => Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).Events.Select(Frames.Type).ToArray();

    private string? Text() =>
        Frames.Data(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).Events[0]).GetProperty("text").GetString();
}
