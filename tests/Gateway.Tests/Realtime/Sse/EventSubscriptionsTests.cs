using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Gateway.Tests.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Sse;

/// <summary>The position from which an event stream continues; the test acts as the owner of the conversation.</summary>
public sealed class EventSubscriptionsTests : SubscriptionHarness
{
    [Fact]
    public async Task AddChannelAsync_WithoutCursor_StartsAtTheEndWithASnapshot()
    {
        using var stream = await OpenAsync(null, 3, Frames.Snapshot(7, "Hello"));

        Assert.Equal(new ChannelPosition("e", 3), Assert.Single(stream.Cursor.Marks).Position);
        Assert.Equal(["7=Hello"], Read(stream));
    }

    [Fact]
    public async Task AddChannelAsync_CursorInsideAReply_ContinuesAtItsOffset()
    {
        using var stream = await OpenAsync(Known(3, new ResumeReply(Frames.Id, 7, 2)), 3, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["7@2:llo"], Read(stream));
    }

    [Fact]
    public async Task AddChannelAsync_MissedFrames_SendsThemBeforeNewOnes()
    {
        using var first = await OpenAsync(null, 3);
        Feed.Apply(Marked(4));
        Feed.Apply(Marked(5));

        using var stream = await OpenAsync(Known(3), 5);
        Feed.Apply(Marked(6));

        Assert.Equal(3, Assert.Single(stream.Cursor.Marks).Position.Offset);
        Assert.Equal(["read 4", "read 5", "read 6"], Read(stream));
    }

    [Fact]
    public async Task AddChannelAsync_FromBeforeTheHistory_SendsAGapFrameAndWholeTexts()
    {
        using var stream = await OpenAsync(Known(3, new ResumeReply(Frames.Id, 7, 2)), 9, Frames.Snapshot(7, "Hello"));

        Assert.Equal(["gap 4-9 history-ended", "7=Hello"], Read(stream));
    }

    [Fact]
    public async Task AddChannelAsync_AnotherEpoch_SendsAGapFrame()
    {
        using var stream = await OpenAsync(Known(3, "another"), 9);

        Assert.Equal(["gap 1-9 epoch-changed"], Read(stream));
    }

    [Fact]
    public async Task Read_MoreMissedFramesThanOneBurst_ReturnsThemInSeveralBursts()
    {
        using var first = await OpenAsync(null, 0);
        var text = new string('x', FrameBurst.MaxBytes / 3);
        for (var offset = 1; offset <= 7; offset++)
            Feed.Apply(new ReplyCancelled(Frames.Channel, "e", offset, ReplyId.New(Time), "cancelled", text));

        using var stream = await OpenAsync(Known(0), 7);
        var bursts = new List<string[]>();
        for (var burst = Read(stream); burst.Length > 0; burst = Read(stream))
            bursts.Add(burst);

        Assert.Equal(Enumerable.Range(1, 7).Select(offset => $"ai-response-cancelled {offset}"), bursts.SelectMany(burst => burst));
        Assert.InRange(bursts.Max(burst => burst.Length), 1, 4);
    }

    [Fact]
    public async Task AddChannelAsync_RefusedChannel_ReturnsTheErrorAndKeepsTheCursor()
    {
        using var stream = new EventSubscriptions(Factory, Person, MaxChannels, Known(3));
        var channel = ChannelName.For(Foreign);

        Assert.Equal(ErrorCode.NotFound, await stream.AddChannelAsync(channel, Token));

        Assert.Null(stream.Cursor.Find(channel));
        stream.KeepPositions([Frames.Channel, channel]);
        Assert.Equal(3, stream.Cursor.Find(Frames.Channel)!.Position.Offset);
    }

    private EventCursor Known(long offset, params ResumeReply[] replies) => Known(offset, "e", replies);

    private static EventCursor Known(long offset, string epoch, params ResumeReply[] replies)
    {
        var cursor = new EventCursor();
        cursor.Add(new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition(epoch, offset), replies));
        return EventCursor.Parse(cursor.ToString())!;
    }

    private async Task<EventSubscriptions> OpenAsync(EventCursor? known, long offset, params ReplySnapshot[] replies)
    {
        var isNew = Channels.Find(Frames.Channel) is null;
        var stream = new EventSubscriptions(Factory, Person, MaxChannels, known);
        var added = stream.AddChannelAsync(Frames.Channel, Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Complete(offset, replies: replies);
        Assert.Null(await added);
        return stream;
    }
}
