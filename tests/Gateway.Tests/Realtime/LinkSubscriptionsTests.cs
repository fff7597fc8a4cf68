using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class LinkSubscriptionsTests : SubscriptionHarness
{
    [Fact]
    public async Task Subscribe_WithoutAPosition_BeginsAtTheEndAndRecoversNothing()
    {
        var answer = await SubscribeAsync(offset: 7);
        Feed.Apply(Marked(8));

        Assert.Equal((false, "e", 7L, null), (answer.Recovered, answer.Epoch, answer.Offset, answer.Error));
        Assert.Empty(answer.Events);
        Assert.Equal(["read 8"], Read());
    }

    [Fact]
    public async Task Subscribe_AnothersConversation_IsRefusedAndNotHeard()
    {
        var answer = await Subscriptions.SubscribeAsync(new SubscribeRequest(ChannelName.Of(Foreign)), Token);

        Assert.Equal("not-found", answer.Error);
        Assert.Equal(0, Subscriptions.Count);
        Assert.Equal(0, Channels.Count);
    }

    [Fact]
    public async Task Subscribe_MoreThanItMay_IsRefused()
    {
        for (var i = 0; i < MaxChannels; i++)
            Assert.Null((await SubscribeAsync(new SubscribeRequest(ChannelName.Of(ConversationId.New(Time))))).Error);

        var answer = await Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);

        Assert.Equal("too-many-channels", answer.Error);
        Assert.Equal(MaxChannels, Subscriptions.Count);
    }

    [Fact]
    public async Task Subscribe_AChannelThatItHas_BeginsAnewAndCountsOnce()
    {
        await SubscribeAsync(offset: 1);
        Feed.Apply(Marked(2));

        var answer = await SubscribeAsync(From(1));
        Feed.Apply(Marked(3));

        Assert.Equal(["read 2"], answer.Events.Select(Say));
        Assert.Equal(1, Subscriptions.Count);
        Assert.Equal(["read 3"], Read());
    }

    [Fact]
    public async Task Subscribe_NobodyAnswersForTheChannel_IsUnavailableAndNotHeard()
    {
        var answer = Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));

        Assert.Equal("unavailable", (await answer).Error);
        Assert.Equal(0, Subscriptions.Count);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Feed.Sweep());
    }

    [Fact]
    public async Task Apply_BeforeTheAnswer_IsInIt_AndPulsesNobody()
    {
        var subscribing = Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Marked(3));
        Assert.Empty(Read());
        Assert.Equal(0, Listener.Pulses);

        call.Answer(offset: 2);

        var answer = await subscribing;
        Assert.Equal(3, answer.Offset);
        Feed.Apply(Marked(4));
        Assert.Equal(["read 4"], Read());
        Assert.NotEqual(0, Listener.Pulses);
    }

    [Fact]
    public async Task Read_ARunningReply_IsASnapshotAndThenWhatIsNew()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Assert.Equal(["7=Hel"], Read());
        Assert.True(Subscriptions.IsAnswering);

        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Delta(7, 5, ", you"));

        Assert.Equal(["7@3:lo, you"], Read());
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Read_AReplyWhoseTextTheClientHas_IsWhatComesAfterIt()
    {
        await SubscribeAsync(From(0, "e", new ResumeReply(Frames.Id, 7, 3)), 0, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7@3:lo"], Read());
    }

    [Fact]
    public async Task Read_AReplyOfAnotherRunThanTheClients_IsASnapshot()
    {
        await SubscribeAsync(From(0, "e", new ResumeReply(Frames.Id, 6, 3)), 0, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7=Hello"], Read());
    }

    [Fact]
    public async Task Read_AReplyThatWaits_IsTold()
    {
        await SubscribeAsync(0, Frames.Snapshot(0, "", ReplyStatus.Queued));
        Assert.Equal(["0="], Read());
        Assert.False(Subscriptions.IsAnswering);

        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));

        Assert.Equal(["ai-response-started", "7@0:Hel"], Read());
    }

    [Fact]
    public async Task Read_TheEndOfAReply_ComesAfterTheRestOfItsTextAndInTheChannelsOrder()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Feed.Apply(Marked(1));
        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Completed(7, "Hello!", offset: 2));
        Feed.Apply(Marked(3));

        Assert.Equal(["read 1", "7@3:lo!", "ai-response-complete 2", "read 3"], Read());
        Assert.False(Subscriptions.IsAnswering);
    }

    [Fact]
    public async Task Read_AReplyTriedAgainAfterItFailed_IsBothInOrder()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Feed.Apply(Frames.Failed(1));
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Delta(8, 0, "Better"));

        Assert.Equal(["ai-response-error 1", "ai-response-queued", "ai-response-started", "8@0:Better"], Read());
    }

    [Fact]
    public async Task Read_ADeletedConversation_IsToldAndLeft()
    {
        await SubscribeAsync();
        Feed.Apply(new ConversationChanged(Frames.Channel, "e", 1, new Conversation(Frames.ConversationId, null, [], null, OnBusy.Queue, false, default, null), true));

        Assert.Equal(["conversation-updated 1", "unsubscribed 4300"], Read());
        Assert.Equal(0, Subscriptions.Count);
        Feed.Apply(Marked(2));
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Read_AChannelThatFillsTheBurst_DoesNotSilenceTheOthers()
    {
        var other = ConversationId.New(Time);
        await SubscribeAsync();
        await SubscribeAsync(new SubscribeRequest(ChannelName.Of(other)));
        for (var offset = 1; offset <= 20; offset++)
            Feed.Apply(new MessagePosted(Frames.Channel, "e", offset, Frames.Answer(new string('x', 8000))));
        Channels.Find(ChannelName.Of(other))!.Apply(new ReadMarked(ChannelName.Of(other), "e", 1, default, 1));

        var first = Read();
        var second = Read();

        Assert.InRange(first.Length, 8, 9);
        Assert.Equal("read 1", second[0]);
        Assert.Equal("new-message " + (first.Length + 1), second[1]);
    }

    [Fact]
    public async Task Read_MoreThanTheRingKeeps_TellsTheGap()
    {
        await SubscribeAsync();
        for (var offset = 1; offset <= ChannelRing.MaxFrames + 5; offset++)
            Feed.Apply(Marked(offset));
        Assert.True(Subscriptions.BehindBytes > ChannelRing.MaxFrames * 50);

        var burst = new FrameBurst();
        Subscriptions.Read(burst);

        Assert.Equal(["gap 1-5 history-ended", "read 6"], burst.Frames.Take(2).Select(item => Say(item.Frame)));
        Assert.Equal(new ChannelPosition("e", 5), burst.Frames[0].Place?.Position);
    }

    [Fact]
    public async Task Read_EveryFrame_SaysWhereTheClientStandsWithIt()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Feed.Apply(Marked(1));
        var burst = new FrameBurst();
        Subscriptions.Read(burst);
        Feed.Apply(Frames.Completed(7, "Hello", offset: 2));
        Subscriptions.Read(burst);

        var end = new ReplyCursor(7, 5, HasEnded: false);
        Assert.Equal(
            [
                new FramePlace(Frames.Channel, new ChannelPosition("e", 1)),
                new FramePlace(Frames.Channel, null, Frames.Id, new ReplyCursor(7, 3, HasEnded: false)),
                new FramePlace(Frames.Channel, null, Frames.Id, end),
                new FramePlace(Frames.Channel, new ChannelPosition("e", 2), Frames.Id, end with { HasEnded = true }),
            ],
            burst.Frames.Select(item => item.Place!.Value));
    }

    [Fact]
    public async Task Read_TwoLinks_AreSentTheSameBytes()
    {
        using var other = Make(Listener);
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        await other.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        Feed.Apply(Marked(1));
        var (mine, theirs) = (new FrameBurst(), new FrameBurst());
        Subscriptions.Read(mine);
        other.Read(theirs);

        Assert.Equal(["read 1", "7=Hel"], mine.Frames.Select(item => Say(item.Frame)));
        Assert.Equal(mine.Frames.Select(item => item.Frame), theirs.Frames.Select(item => item.Frame));
    }

    [Fact]
    public async Task Sweep_NobodyAnswersForARunningReply_IsLost()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        for (var i = 0; i < 6; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            var checking = Feed.CheckAsync();
            (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
            await Assert.ThrowsAsync<TimeoutException>(() => checking);
        }

        Feed.Sweep();
        Read();

        Assert.True(Subscriptions.IsLost);
    }

    [Fact]
    public async Task Unsubscribe_Twice_IsSaid_AndNothingMoreIsHeard()
    {
        await SubscribeAsync();
        Assert.True(Subscriptions.Unsubscribe(Frames.Channel));
        Assert.False(Subscriptions.Unsubscribe(Frames.Channel));

        Feed.Apply(Marked(1));

        Assert.Empty(Read());
    }
}
