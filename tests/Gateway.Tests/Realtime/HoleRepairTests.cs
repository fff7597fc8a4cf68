using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>Frames are lost between a silo and this gateway: they are had from the history in their place, or told to be gone.</summary>
public sealed class HoleRepairTests : SubscriptionHarness
{
    [Fact]
    public async Task Apply_AfterAHole_WaitsForWhatIsMissing()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2), Marked(3));
        Feed.Apply(Marked(1));
        Feed.Apply(Marked(3));
        Feed.Apply(Marked(4));
        Assert.Equal(["read 1"], Read());

        await AnswerAsync(offset: 3);

        Assert.Equal(["read 2", "read 3", "read 4"], Read());
    }

    [Fact]
    public async Task Apply_AfterAHoleThatNobodyCanFill_TellsTheGapInItsPlace()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(1));
        Feed.Apply(Marked(4));

        await AnswerAsync(offset: 4);
        Feed.Apply(Marked(5));

        Assert.Equal(["read 1", "gap 2-4 history-ended", "read 5"], Read());
    }

    [Fact]
    public async Task Apply_AfterAHole_FromAnOwnerThatIsBehind_IsHadFromTheHistory()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2));
        Feed.Apply(Marked(2));

        await AnswerAsync(offset: 0);

        Assert.Equal(["read 1", "read 2"], Read());
    }

    [Fact]
    public async Task Apply_AfterAHole_FromAnOwnerThatIsBehind_WithoutAHistory_IsToldAfterTheGap()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(3));

        await AnswerAsync(offset: 0);

        Assert.Equal(["gap 1-2 history-ended", "read 3"], Read());
    }

    [Fact]
    public async Task Apply_TheEndOfAReplyThatWasLost_IsToldWithTheRestOfItsText()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Frames.Completed(7, "Hello!", offset: 1), Marked(2));
        Feed.Apply(Marked(2));

        await AnswerAsync(offset: 2);

        Assert.Equal(["7@3:lo!", "ai-response-complete 1", "read 2"], Read());
    }

    [Fact]
    public async Task Attach_OfAnotherEpoch_TellsTheGap()
    {
        await SubscribeAsync(offset: 5);
        var check = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer(offset: 3, epoch: "f");
        await check;
        Feed.Apply(Marked(4, "f"));

        Assert.Equal(["gap 1-3 epoch-changed", "read 4"], Read());
        Assert.False((await SubscribeAsync(From(4))).Recovered);
    }

    [Fact]
    public async Task Attach_WhileTheHistoryIsOutOfReach_HoldsUntilItIsThere()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        History.Add(Marked(1), Marked(2), Marked(3));
        History.Fault = new TimeoutException("no silo");
        Feed.Apply(Marked(2));
        var failing = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer(offset: 2);
        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Feed.Apply(Marked(3));
        Assert.Empty(Read());

        History.Fault = null;
        Time.Advance(TimeSpan.FromSeconds(5));
        Feed.Sweep();
        await AnswerAsync(offset: 3);

        Assert.Equal(["read 1", "read 2", "read 3"], Read());
    }

    [Fact]
    public async Task Sweep_AFrameLostWithoutAWord_IsFoundByTheCheckOfThePosition()
    {
        await SubscribeAsync();
        History.Add(Marked(1));
        for (var seconds = 0; seconds < 30; seconds++)
        {
            Assert.Equal(1, Owner.AttachCount);
            Time.Advance(TimeSpan.FromSeconds(1));
            Feed.Sweep();
        }

        await AnswerAsync(offset: 1);

        Assert.Equal(["read 1"], Read());
        Assert.NotEqual(0, Listener.Pulses);
    }

    [Fact]
    public async Task Attach_ThatSaysNothingNew_ReadsNoHistoryAndHoldsNothing()
    {
        await SubscribeAsync(offset: 3);
        var check = Feed.CheckAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Marked(4));
        Assert.Equal(["read 4"], Read());
        call.Answer(offset: 3);
        await check;

        Assert.Equal(0, History.ReadCount);
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Attach_ToAConversationThatIsGone_EndsItsSubscriptions()
    {
        await SubscribeAsync();
        var check = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Fail(JubileeException.NotFound("conversation"));
        await Assert.ThrowsAsync<JubileeException>(() => check);

        Assert.Equal(["unsubscribed 4300"], Read());
        Assert.Equal(0, Subscriptions.Count);
    }

    /// <summary>Answers the feed's question, and waits until the answer is merged.</summary>
    private async Task AnswerAsync(long offset)
    {
        var call = await Owner.NextAttachAsync();
        var merged = Feed.CheckAsync();
        call.Answer(offset);
        await merged;
    }
}
