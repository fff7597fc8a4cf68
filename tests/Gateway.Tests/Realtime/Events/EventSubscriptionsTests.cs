using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Events;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Events;

/// <summary>Where a stream of events goes on; the owner of the conversation is the test.</summary>
public sealed class EventSubscriptionsTests : SubscriptionHarness
{
    [Fact]
    public async Task Enter_Anew_BeginsWhereTheChannelIs_WithASnapshot()
    {
        using var stream = await EnterAsync(null, 3, Frames.Snapshot(7, "Hello"));

        Assert.Equal(new ChannelPosition("e", 3), Assert.Single(stream.Cursor.Marks).Position);
        Assert.Equal(["7=Hello"], Read(stream));
    }

    [Fact]
    public async Task Enter_InTheMiddleOfAText_GoesOnThere()
    {
        using var stream = await EnterAsync(Known(3, new ResumeReply(Frames.Id, 7, 2)), 3, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7@2:llo"], Read(stream));
    }

    [Fact]
    public async Task Enter_AfterAMiss_IsToldItBeforeWhatComes()
    {
        using var first = await EnterAsync(null, 3);
        Feed.Apply(Marked(4));
        Feed.Apply(Marked(5));

        using var stream = await EnterAsync(Known(3), 5);
        Feed.Apply(Marked(6));

        Assert.Equal(3, Assert.Single(stream.Cursor.Marks).Position.Offset);
        Assert.Equal(["read 4", "read 5", "read 6"], Read(stream));
    }

    [Fact]
    public async Task Enter_FromBeforeWhatIsKept_IsToldTheGap_AndTextsFromTheirBeginning()
    {
        using var stream = await EnterAsync(Known(3, new ResumeReply(Frames.Id, 7, 2)), 9, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["gap 4-9 history-ended", "7=Hello"], Read(stream));
    }

    [Fact]
    public async Task Enter_OfAnotherEpoch_IsToldTheGap()
    {
        using var stream = await EnterAsync(Known(3, "another"), 9);

        Assert.Equal(["gap 1-9 epoch-changed"], Read(stream));
    }

    [Fact]
    public async Task Read_MoreThanABurstOfMissedFrames_TakesTurnsAndLosesNothing()
    {
        using var first = await EnterAsync(null, 0);
        var text = new string('x', FrameBurst.MaxBytes / 3);
        for (var offset = 1; offset <= 7; offset++)
            Feed.Apply(new ReplyCancelled(Frames.Channel, "e", offset, ReplyId.New(Time), "cancelled", text));

        using var stream = await EnterAsync(Known(0), 7);
        var turns = new List<string[]>();
        for (var turn = Read(stream); turn.Length > 0; turn = Read(stream))
            turns.Add(turn);

        Assert.Equal(Enumerable.Range(1, 7).Select(offset => $"ai-response-cancelled {offset}"), turns.SelectMany(turn => turn));
        Assert.InRange(turns.Max(turn => turn.Length), 1, 4);
    }

    [Fact]
    public async Task Enter_WhatIsRefused_SaysSo_AndTheClientStaysWhereItWas()
    {
        using var stream = new EventSubscriptions(Factory, Person, MaxChannels, Known(3));
        var channel = ChannelName.Of(Foreign);

        Assert.Equal(ErrorCode.NotFound, await stream.EnterAsync(channel, Token));

        Assert.Null(stream.Cursor.Find(channel));
        stream.Keep([Frames.Channel, channel]);
        Assert.Equal(3, stream.Cursor.Find(Frames.Channel)!.Position.Offset);
    }

    private EventCursor Known(long offset, params ResumeReply[] replies) => Known(offset, "e", replies);

    private static EventCursor Known(long offset, string epoch, params ResumeReply[] replies)
    {
        var cursor = new EventCursor();
        cursor.Add(new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition(epoch, offset), replies));
        return EventCursor.Parse(cursor.ToString())!;
    }

    private async Task<EventSubscriptions> EnterAsync(EventCursor? known, long offset, params ReplySnapshot[] replies)
    {
        var isNew = Channels.Find(Frames.Channel) is null;
        var stream = new EventSubscriptions(Factory, Person, MaxChannels, known);
        var entered = stream.EnterAsync(Frames.Channel, Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Answer(offset, replies: replies);
        Assert.Null(await entered);
        return stream;
    }
}
