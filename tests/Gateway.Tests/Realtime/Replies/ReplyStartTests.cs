using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Gateway.Tests.Realtime.Subscriptions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

/// <summary>
/// A reply starts while a connection is subscribed: however late the connection reads, it gets every frame in order and no snapshot.
/// </summary>
public sealed class ReplyStartTests : SubscriptionHarness
{
    [Fact]
    public async Task Read_ReplyQueuedAndStartedSinceTheLastRead_SendsItsFramesInOrder()
    {
        await SubscribeAsync();
        Feed.Apply(Frames.Queued(2));
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        Feed.Apply(Frames.Delta(7, 3, "lo"));

        Assert.Equal(["ai-response-queued", "ai-response-started", "7@0:Hello"], Read());
    }

    [Fact]
    public async Task Read_ReplyQueuedAndEndedSinceTheLastRead_SendsItsFramesInOrder()
    {
        await SubscribeAsync();
        Feed.Apply(Marked(1));
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        Feed.Apply(Frames.Completed(7, "Hello", offset: 2));
        Feed.Apply(Marked(3));

        Assert.Equal(["read 1", "ai-response-queued", "ai-response-started", "7@0:Hello", "ai-response-complete 2", "read 3"], Read());
        Assert.Empty(Read());
    }

    [Fact]
    public async Task Read_ReplyFailedTwiceSinceTheLastRead_SendsTheTextOfTheLastRunOnly()
    {
        await SubscribeAsync();
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Delta(7, 0, "Bad"));
        Feed.Apply(Frames.Failed(1));
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Delta(8, 0, "Worse"));
        Feed.Apply(Frames.Failed(2));

        Assert.Equal(["ai-response-error 1", "ai-response-queued", "ai-response-started", "8@0:Worse", "ai-response-error 2"], Read());
    }

    [Fact]
    public async Task Read_QueuedReplyStartedSinceTheSubscription_SendsItsStart()
    {
        await SubscribeAsync(0, Frames.Snapshot(0, "", ReplyStatus.Queued));
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));

        Assert.Equal(["ai-response-started", "7@0:Hel"], Read());
    }

    [Fact]
    public async Task Read_SubscribedAfterTheTextBegan_SendsASnapshot()
    {
        await SubscribeAsync();
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        using var late = CreateSubscriptions(Listener);
        await late.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);

        Assert.Equal(["7=Hel"], Read(late));
    }

    [Fact]
    public async Task Read_StartOfTheReplyWasLost_SendsASnapshot()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        var attaching = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hel"));
        await attaching;

        Assert.Equal(["7=Hel"], Read());
    }

    [Fact]
    public async Task Read_TwoConnections_ShareTheSameFrames()
    {
        using var other = CreateSubscriptions(Listener);
        await SubscribeAsync();
        await other.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        var (mine, theirs) = (new FrameBurst(), new FrameBurst());
        Subscriptions.Read(mine);
        other.Read(theirs);

        Assert.Equal(3, mine.Frames.Count);
        Assert.Equal(mine.Frames.Select(item => item.Frame), theirs.Frames.Select(item => item.Frame));
    }
}
