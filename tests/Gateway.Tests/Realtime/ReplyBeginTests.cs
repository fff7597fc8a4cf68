using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>How a link is told of a reply that begins while it listens, however late it reads: in order, and not by a snapshot.</summary>
public sealed class ReplyBeginTests : SubscriptionHarness
{
    [Fact]
    public async Task Read_OneThatCameAndBeganSinceTheLastReading_IsToldInOrder()
    {
        await SubscribeAsync();
        Feed.Apply(Frames.Queued(2));
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        Feed.Apply(Frames.Delta(7, 3, "lo"));

        Assert.Equal(["ai-response-queued", "ai-response-started", "7@0:Hello"], Read());
    }

    [Fact]
    public async Task Read_OneThatCameAndEndedSinceTheLastReading_IsToldInOrder()
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
    public async Task Read_OneThatFailedTwiceSinceTheLastReading_IsToldByTheRightTexts()
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
    public async Task Read_OneThatWaitedAtTheSubscription_AndBeganSince_IsToldFromItsBegin()
    {
        await SubscribeAsync(0, Frames.Snapshot(0, "", ReplyStatus.Queued));
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));

        Assert.Equal(["ai-response-started", "7@0:Hel"], Read());
    }

    [Fact]
    public async Task Read_ALinkThatComesWhenTheTextHasBegun_IsASnapshot()
    {
        await SubscribeAsync();
        Feed.Apply(Frames.Queued());
        Feed.Apply(Frames.Started(7));
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        using var late = Make(Listener);
        await late.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);

        Assert.Equal(["7=Hel"], Read(late));
    }

    [Fact]
    public async Task Read_OneWhoseBeginWasLost_IsASnapshot()
    {
        await SubscribeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        var checking = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hel"));
        await checking;

        Assert.Equal(["7=Hel"], Read());
    }

    [Fact]
    public async Task Read_OfManyLinks_IsTheSameBytes()
    {
        using var other = Make(Listener);
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
