using JubileeVerse.Errors;
using JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>
/// Frames are lost between a silo and this gateway: the gateway reads them from the history and sends them in their place, or sends a gap
/// frame.
/// </summary>
public sealed class GapRepairTests : SubscriptionHarness
{
    [Fact]
    public async Task Apply_AfterAGap_WaitsForTheMissingFrames()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2), Marked(3));
        Feed.Apply(Marked(1));
        Feed.Apply(Marked(3));
        Feed.Apply(Marked(4));
        Assert.Equal(["read 1"], Read());

        await CompleteAttachAsync(offset: 3);

        Assert.Equal(["read 2", "read 3", "read 4"], Read());
    }

    [Fact]
    public async Task Apply_AfterAGapNotInTheHistory_SendsAGapFrameInItsPlace()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(1));
        Feed.Apply(Marked(4));

        await CompleteAttachAsync(offset: 4);
        Feed.Apply(Marked(5));

        Assert.Equal(["read 1", "gap 2-4 history-ended", "read 5"], Read());
    }

    [Fact]
    public async Task Apply_AfterAGapAndOwnerIsBehind_ReadsTheHistory()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2));
        Feed.Apply(Marked(2));

        await CompleteAttachAsync(offset: 0);

        Assert.Equal(["read 1", "read 2"], Read());
    }

    [Fact]
    public async Task Apply_AfterAGapAndOwnerIsBehindWithoutHistory_IsSentAfterAGapFrame()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(3));

        await CompleteAttachAsync(offset: 0);

        Assert.Equal(["gap 1-2 history-ended", "read 3"], Read());
    }

    [Fact]
    public async Task Apply_EndOfAReplyWasLost_SendsItWithTheRestOfItsText()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Frames.Completed(7, "Hello!", offset: 1), Marked(2));
        Feed.Apply(Marked(2));

        await CompleteAttachAsync(offset: 2);

        Assert.Equal(["7@3:lo!", "ai-response-complete 1", "read 2"], Read());
    }

    [Fact]
    public async Task AttachAgainAsync_AnotherEpoch_SendsAGapFrame()
    {
        await SubscribeAsync(offset: 5);
        var check = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete(offset: 3, epoch: "f");
        await check;
        Feed.Apply(Marked(4, "f"));

        Assert.Equal(["gap 1-3 epoch-changed", "read 4"], Read());
        Assert.False((await SubscribeAsync(From(4))).Recovered);
    }

    [Fact]
    public async Task AttachAgainAsync_HistoryUnavailable_HoldsFramesUntilItIsAvailable()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2), Marked(3));
        History.Fault = new TimeoutException("no silo");
        Feed.Apply(Marked(2));
        var failing = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete(offset: 2);
        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Feed.Apply(Marked(3));
        Assert.Empty(Read());

        History.Fault = null;
        Time.Advance(TimeSpan.FromSeconds(5));
        Feed.Sweep();
        await CompleteAttachAsync(offset: 3);

        Assert.Equal(["read 1", "read 2", "read 3"], Read());
    }

    [Fact]
    public async Task Sweep_FrameLostSilently_IsFoundByThePositionCheck()
    {
        await SubscribeAsync();
        History.Add(Marked(1));
        for (var seconds = 0; seconds < 30; seconds++)
        {
            Assert.Equal(1, Owner.AttachCount);
            Time.Advance(TimeSpan.FromSeconds(1));
            Feed.Sweep();
        }

        await CompleteAttachAsync(offset: 1);

        Assert.Equal(["read 1"], Read());
        Assert.NotEqual(0, Listener.Pulses);
    }

    [Fact]
    public async Task AttachAgainAsync_PositionUnchanged_ReadsNoHistoryAndHoldsNoFrames()
    {
        await SubscribeAsync(offset: 3);
        var check = Feed.AttachAgainAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Marked(4));
        Assert.Equal(["read 4"], Read());
        call.Complete(offset: 3);
        await check;

        Assert.Equal(0, History.ReadCount);
        Assert.Empty(Read());
    }

    [Fact]
    public async Task AttachAgainAsync_ConversationDeleted_EndsItsSubscriptions()
    {
        await SubscribeAsync();
        var check = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Fail(JubileeException.NotFound("conversation"));
        await Assert.ThrowsAsync<JubileeException>(() => check);

        Assert.Equal(["unsubscribed 4300"], Read());
        Assert.Equal(0, Subscriptions.Count);
    }

    /// <summary>Completes the feed's attach call and waits until its result is merged.</summary>
    private async Task CompleteAttachAsync(long offset)
    {
        var call = await Owner.NextAttachAsync();
        var merged = Feed.AttachAgainAsync();
        call.Complete(offset);
        await merged;
    }
}
