using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

public sealed class ConnectionSubscriptionsTests : SubscriptionHarness
{
    [Fact]
    public async Task SubscribeAsync_WithoutPosition_StartsAtTheEndAndRecoversNothing()
    {
        var result = await SubscribeAsync(offset: 7);
        Feed.Apply(Marked(8));

        Assert.Equal((false, "e", 7L, null), (result.Recovered, result.Epoch, result.Offset, result.Error));
        Assert.Empty(result.Events);
        Assert.Equal(["read 8"], Read());
    }

    [Fact]
    public async Task SubscribeAsync_ForeignConversation_IsRefused()
    {
        var result = await Subscriptions.SubscribeAsync(new SubscribeRequest(ChannelName.For(Foreign)), Token);

        Assert.Equal("not-found", result.Error);
        Assert.Equal(0, Subscriptions.Count);
        Assert.Equal(0, Channels.Count);
    }

    [Fact]
    public async Task SubscribeAsync_MoreThanMaxChannels_IsRefused()
    {
        for (var i = 0; i < MaxChannels; i++)
            Assert.Null((await SubscribeAsync(new SubscribeRequest(ChannelName.For(ConversationId.New(Time))))).Error);

        var result = await Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);

        Assert.Equal("too-many-channels", result.Error);
        Assert.Equal(MaxChannels, Subscriptions.Count);
    }

    [Fact]
    public async Task SubscribeAsync_ChannelAlreadySubscribed_ReplacesTheSubscription()
    {
        await SubscribeAsync(offset: 1);
        Feed.Apply(Marked(2));

        var result = await SubscribeAsync(From(1));
        Feed.Apply(Marked(3));

        Assert.Equal(["read 2"], result.Events.Select(Format));
        Assert.Equal(1, Subscriptions.Count);
        Assert.Equal(["read 3"], Read());
    }

    [Fact]
    public async Task SubscribeAsync_OwnerUnreachable_IsUnavailable()
    {
        var result = Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));

        Assert.Equal("unavailable", (await result).Error);
        Assert.Equal(0, Subscriptions.Count);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Feed.Sweep());
    }

    [Fact]
    public async Task Apply_WhileSubscribing_IsCoveredByTheResultWithoutAPulse()
    {
        var subscribing = Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Marked(3));
        Assert.Empty(Read());
        Assert.Equal(0, Listener.Pulses);

        call.Complete(offset: 2);

        var result = await subscribing;
        Assert.Equal(3, result.Offset);
        Feed.Apply(Marked(4));
        Assert.Equal(["read 4"], Read());
        Assert.NotEqual(0, Listener.Pulses);
    }

    [Fact]
    public async Task Read_RunningReply_SendsASnapshotThenDeltas()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Assert.Equal(["7=Hel"], Read());
        Assert.True(Subscriptions.HasRunningReply);

        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Delta(7, 5, ", you"));

        Assert.Equal(["7@3:lo, you"], Read());
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Read_ClientHasPartOfTheText_SendsTheRest()
    {
        await SubscribeAsync(From(0, "e", new ResumeReply(Frames.Id, 7, 3)), 0, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7@3:lo"], Read());
    }

    [Fact]
    public async Task Read_ClientHasTextOfAnotherRun_SendsASnapshot()
    {
        await SubscribeAsync(From(0, "e", new ResumeReply(Frames.Id, 6, 3)), 0, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7=Hello"], Read());
    }

    [Fact]
    public async Task Read_QueuedReply_SendsItsStatusThenItsStart()
    {
        await SubscribeAsync(0, Frames.Snapshot(0, "", ReplyStatus.Queued));
        Assert.Equal(["0="], Read());
        Assert.False(Subscriptions.HasRunningReply);

        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));

        Assert.Equal(["ai-response-started", "7@0:Hel"], Read());
    }

    [Fact]
    public async Task Read_ReplyEnds_SendsTheRestOfItsTextThenItsEndInChannelOrder()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Feed.Apply(Marked(1));
        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Completed(7, "Hello!", offset: 2));
        Feed.Apply(Marked(3));

        Assert.Equal(["read 1", "7@3:lo!", "ai-response-complete 2", "read 3"], Read());
        Assert.False(Subscriptions.HasRunningReply);
    }

    [Fact]
    public async Task Read_ReplyRetriedAfterItFailed_SendsBothInOrder()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        Feed.Apply(Frames.Failed(1));
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Delta(8, 0, "Better"));

        Assert.Equal(["ai-response-error 1", "ai-response-queued", "ai-response-started", "8@0:Better"], Read());
    }

    [Fact]
    public async Task Read_ConversationDeleted_SendsTheChangeAndUnsubscribes()
    {
        await SubscribeAsync();
        var conversation = new Conversation(Frames.ConversationId, null, [], null, OnBusy.Queue, false, default, null);
        Feed.Apply(new ConversationChanged(Frames.Channel, "e", 1, conversation, true));

        Assert.Equal(["conversation-updated 1", "unsubscribed 4300"], Read());
        Assert.Equal(0, Subscriptions.Count);
        Feed.Apply(Marked(2));
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Read_ChannelFillsTheBurst_OtherChannelsComeNext()
    {
        var other = ConversationId.New(Time);
        await SubscribeAsync();
        await SubscribeAsync(new SubscribeRequest(ChannelName.For(other)));
        for (var offset = 1; offset <= 20; offset++)
            Feed.Apply(new MessagePosted(Frames.Channel, "e", offset, Frames.ReplyMessage(new string('x', 8000))));
        Channels.Find(ChannelName.For(other))!.Apply(new ReadMarked(ChannelName.For(other), "e", 1, default, 1));

        var first = Read();
        var second = Read();

        Assert.InRange(first.Length, 8, 9);
        Assert.Equal("read 1", second[0]);
        Assert.Equal("new-message " + (first.Length + 1), second[1]);
    }

    [Fact]
    public async Task Read_MoreFramesThanTheRingHolds_SendsAGapFrame()
    {
        await SubscribeAsync();
        for (var offset = 1; offset <= ChannelRing.MaxFrames + 5; offset++)
            Feed.Apply(Marked(offset));
        Assert.True(Subscriptions.UnreadBytes > ChannelRing.MaxFrames * 50);

        var burst = new FrameBurst();
        Subscriptions.Read(burst);

        Assert.Equal(["gap 1-5 history-ended", "read 6"], burst.Frames.Take(2).Select(item => Format(item.Frame)));
        Assert.Equal(new ChannelPosition("e", 5), burst.Frames[0].Position?.Position);
    }

    [Fact]
    public async Task Read_EveryFrame_CarriesTheClientsPosition()
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
                new FramePosition(Frames.Channel, new ChannelPosition("e", 1)),
                new FramePosition(Frames.Channel, null, Frames.Id, new ReplyCursor(7, 3, HasEnded: false)),
                new FramePosition(Frames.Channel, null, Frames.Id, end),
                new FramePosition(Frames.Channel, new ChannelPosition("e", 2), Frames.Id, end with { HasEnded = true }),
            ],
            burst.Frames.Select(item => item.Position!.Value));
    }

    [Fact]
    public async Task Read_TwoConnections_ShareTheSameFrames()
    {
        using var other = CreateSubscriptions(Listener);
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        await other.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        Feed.Apply(Marked(1));
        var (mine, theirs) = (new FrameBurst(), new FrameBurst());
        Subscriptions.Read(mine);
        other.Read(theirs);

        Assert.Equal(["read 1", "7=Hel"], mine.Frames.Select(item => Format(item.Frame)));
        Assert.Equal(mine.Frames.Select(item => item.Frame), theirs.Frames.Select(item => item.Frame));
    }

    [Fact]
    public async Task Sweep_OwnerOfARunningReplyDoesNotRespond_IsOwnerUnreachable()
    {
        await SubscribeAsync(0, Frames.Snapshot(7, "Hel"));
        Read();
        for (var i = 0; i < 6; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            var checking = Feed.AttachAgainAsync();
            (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
            await Assert.ThrowsAsync<TimeoutException>(() => checking);
        }

        Feed.Sweep();
        Read();

        Assert.True(Subscriptions.IsOwnerUnreachable);
    }

    [Fact]
    public async Task Unsubscribe_Twice_ReturnsFalseAndNoFrameFollows()
    {
        await SubscribeAsync();
        Assert.True(Subscriptions.Unsubscribe(Frames.Channel));
        Assert.False(Subscriptions.Unsubscribe(Frames.Channel));

        Feed.Apply(Marked(1));

        Assert.Empty(Read());
    }
}
