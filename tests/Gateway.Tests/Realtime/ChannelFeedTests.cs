using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class ChannelFeedTests : ChannelFeedHarness
{
    [Fact]
    public async Task Ready_TwoSubscribers_AttachOnce()
    {
        var first = Feed.ReadyAsync();
        var second = Feed.ReadyAsync();
        (await Owner.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
        await first;
        await second;

        Assert.Equal(1, Owner.AttachCount);
        Assert.Equal(["snapshot"], Read());
    }

    [Fact]
    public async Task Apply_BeforeTheAnswer_IsHeldAndMerged()
    {
        var ready = Feed.ReadyAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 3, "lo"));
        Feed.Apply(Frames.Delta(7, 5, ", you"));
        call.Answer(replies: Frames.Snapshot(7, "Hel"));
        await ready;

        Assert.Equal("Hello, you", Text());
    }

    [Fact]
    public async Task Apply_BeforeAnAnswerThatKnowsItAlready_IsTrimmed()
    {
        var ready = Feed.ReadyAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hel"));
        call.Answer(replies: Frames.Snapshot(7, "Hello"));
        await ready;

        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Apply_DeltaAfterAHole_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Frames.Delta(7, 5, ", you"));
        var again = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Delta(7, 10, "!"));
        var ready = Feed.ReadyAsync();
        again.Answer(replies: Frames.Snapshot(7, "Hello, you"));
        await ready;

        Assert.Equal("Hello, you!", Text());
    }

    [Fact]
    public async Task Apply_HolesInARow_AttachNoFasterThanTheLimit()
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
    public async Task LoseFrames_OfItsSilo_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.LoseFrames("silo-2");
        Assert.Equal(1, Owner.AttachCount);

        Feed.LoseFrames("silo-1");
        await Owner.NextAttachAsync();
        Assert.Equal(2, Owner.AttachCount);
    }

    [Fact]
    public async Task Move_WhileAQuestionHangs_AsksAgainAndTheLateAnswerIsNothing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = Feed.CheckAsync();
        var toTheDead = await Owner.NextAttachAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Move();
        var toTheNewOwner = await Owner.NextAttachAsync();
        toTheNewOwner.Answer(silo: "silo-2", replies: Frames.Snapshot(8, "Anew"));
        await check;
        toTheDead.Answer(silo: "silo-1");

        Assert.True(toTheNewOwner.Subscription.Generation > toTheDead.Subscription.Generation);
        Assert.Equal("Anew", Text());
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.LoseFrames("silo-2");
        await Owner.NextAttachAsync();
    }

    [Fact]
    public async Task Move_ManyInARow_AttachOnceAndLaterOnce()
    {
        await AttachAsync();
        using var subscription = Feed.TrySubscribe();
        Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            Feed.Move();
        var settled = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer();
        await settled;
        Assert.Equal(2, Owner.AttachCount);

        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Sweep();
        await Owner.NextAttachAsync();
        Assert.Equal(3, Owner.AttachCount);
    }

    [Fact]
    public async Task Attach_AReplyThatIsGone_IsMissing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer(offset: 3);
        await check;

        Assert.True(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task Attach_AReplyHeardOfSinceTheQuestion_IsNotMissing()
    {
        await AttachAsync();
        var check = Feed.CheckAsync();
        var call = await Owner.NextAttachAsync();
        Feed.Apply(Frames.Queued());
        call.Answer();
        await check;

        Assert.False(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task Apply_DurableFrameAfterAHole_ChecksThePosition()
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
    public async Task Sweep_QuietWithAnOpenReply_ChecksSooner()
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
    public async Task Sweep_NothingOpen_ChecksEveryHalfMinute()
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
    public async Task Sweep_AfterTheLastLeft_ClosesInTenSeconds()
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
    public async Task Detach_AfterAttaching_HasALaterGeneration()
    {
        var ready = Feed.ReadyAsync();
        var call = await Owner.NextAttachAsync();
        call.Answer();
        await ready;
        Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(Feed.Sweep());
        await Feed.DetachAsync();

        Assert.True(await Owner.NextDetachAsync() > call.Subscription.Generation);
    }

    [Fact]
    public async Task Ready_AttachmentFails_FailsAndTheNextTriesAgain()
    {
        var ready = Feed.ReadyAsync();
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);

        await AttachAsync(Frames.Snapshot(7, "Hello"));
        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Sweep_Silence_Beats()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        var reader = new ReplyReader(null);
        var reply = Feed.Find(Frames.Id)!;
        reply.Read(reader);
        var changed = reply.Changed;
        Time.Advance(TimeSpan.FromSeconds(15));
        Feed.Sweep();

        Assert.True(changed.IsCompleted);
        Assert.True(reply.Read(reader).IsBeat);
    }

    [Fact]
    public async Task Apply_QueuedAfterFailure_LivesAgain()
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
    public async Task Apply_QueuedAfterCompletion_ChangesNothing()
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
