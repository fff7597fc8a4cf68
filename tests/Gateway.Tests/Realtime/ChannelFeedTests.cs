using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class ChannelFeedTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeChannel _channel = new();
    private readonly ChannelFeed _feed;

    public ChannelFeedTests()
    {
        var (grains, _) = FakeGrains.Create();
        var observer = new GatewayObserver(new ChannelDirectory(), NullLogger<GatewayObserver>.Instance);
        _feed = new ChannelFeed(
            Frames.Channel, _channel, new GatewayIdentity(grains, observer, _time), new DeliveryOptions(), _time, NullLogger<ChannelFeed>.Instance);
    }

    [Fact]
    public async Task Ready_TwoSubscribers_AttachOnce()
    {
        var first = _feed.ReadyAsync();
        var second = _feed.ReadyAsync();
        (await _channel.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
        await first;
        await second;

        Assert.Equal(1, _channel.AttachCount);
        Assert.Equal(["snapshot"], Read());
    }

    [Fact]
    public async Task Apply_BeforeTheAnswer_IsHeldAndMerged()
    {
        var ready = _feed.ReadyAsync();
        var call = await _channel.NextAttachAsync();
        _feed.Apply(Frames.Delta(7, 3, "lo"));
        _feed.Apply(Frames.Delta(7, 5, ", you"));
        call.Answer(replies: Frames.Snapshot(7, "Hel"));
        await ready;

        Assert.Equal("Hello, you", Text());
    }

    [Fact]
    public async Task Apply_BeforeAnAnswerThatKnowsItAlready_IsTrimmed()
    {
        var ready = _feed.ReadyAsync();
        var call = await _channel.NextAttachAsync();
        _feed.Apply(Frames.Delta(7, 0, "Hel"));
        call.Answer(replies: Frames.Snapshot(7, "Hello"));
        await ready;

        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Apply_DeltaAfterAHole_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Apply(Frames.Delta(7, 5, ", you"));
        var again = await _channel.NextAttachAsync();
        _feed.Apply(Frames.Delta(7, 10, "!"));
        var ready = _feed.ReadyAsync();
        again.Answer(replies: Frames.Snapshot(7, "Hello, you"));
        await ready;

        Assert.Equal("Hello, you!", Text());
    }

    [Fact]
    public async Task Apply_HolesInARow_AttachNoFasterThanTheLimit()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        using var subscription = _feed.TrySubscribe();
        for (var i = 0; i < 5; i++)
            _feed.Apply(Frames.Delta(7, 50 + i, "x"));
        Assert.Equal(1, _channel.AttachCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Sweep();
        await _channel.NextAttachAsync();
        Assert.Equal(2, _channel.AttachCount);
    }

    [Fact]
    public async Task LoseFrames_OfItsSilo_AttachesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.LoseFrames("silo-2");
        Assert.Equal(1, _channel.AttachCount);

        _feed.LoseFrames("silo-1");
        await _channel.NextAttachAsync();
        Assert.Equal(2, _channel.AttachCount);
    }

    [Fact]
    public async Task Move_WhileAQuestionHangs_AsksAgainAndTheLateAnswerIsNothing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = _feed.CheckAsync();
        var toTheDead = await _channel.NextAttachAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Move();
        var toTheNewOwner = await _channel.NextAttachAsync();
        toTheNewOwner.Answer(silo: "silo-2", replies: Frames.Snapshot(8, "Anew"));
        await check;
        toTheDead.Answer(silo: "silo-1");

        Assert.True(toTheNewOwner.Subscription.Generation > toTheDead.Subscription.Generation);
        Assert.Equal("Anew", Text());
        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.LoseFrames("silo-2");
        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task Move_ManyInARow_AttachOnceAndLaterOnce()
    {
        await AttachAsync();
        using var subscription = _feed.TrySubscribe();
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            _feed.Move();
        var settled = _feed.CheckAsync();
        (await _channel.NextAttachAsync()).Answer();
        await settled;
        Assert.Equal(2, _channel.AttachCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Sweep();
        await _channel.NextAttachAsync();
        Assert.Equal(3, _channel.AttachCount);
    }

    [Fact]
    public async Task Attach_AReplyThatIsGone_IsMissing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        var check = _feed.CheckAsync();
        (await _channel.NextAttachAsync()).Answer(offset: 3);
        await check;

        Assert.True(_feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task Attach_AReplyHeardOfSinceTheQuestion_IsNotMissing()
    {
        await AttachAsync();
        var check = _feed.CheckAsync();
        var call = await _channel.NextAttachAsync();
        _feed.Apply(Frames.Queued());
        call.Answer();
        await check;

        Assert.False(_feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsMissing);
    }

    [Fact]
    public async Task Apply_DurableFrameAfterAHole_ChecksThePosition()
    {
        await AttachAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Apply(new ReadMarked(Frames.Channel, "e", 1, default, 1));
        Assert.Equal(1, _channel.AttachCount);

        _feed.Apply(new ReadMarked(Frames.Channel, "e", 3, default, 2));
        await _channel.NextAttachAsync();
        Assert.Equal(2, _channel.AttachCount);
    }

    [Fact]
    public async Task Sweep_QuietWithAnOpenReply_ChecksSooner()
    {
        using var subscription = _feed.TrySubscribe();
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        _time.Advance(TimeSpan.FromSeconds(4));
        _feed.Sweep();
        Assert.Equal(1, _channel.AttachCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Sweep();
        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task Sweep_NothingOpen_ChecksEveryHalfMinute()
    {
        using var subscription = _feed.TrySubscribe();
        await AttachAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        _feed.Sweep();
        Assert.Equal(1, _channel.AttachCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        _feed.Sweep();
        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task Sweep_AfterTheLastLeft_ClosesInTenSeconds()
    {
        var subscription = _feed.TrySubscribe()!;
        await AttachAsync();
        subscription.Dispose();
        subscription.Dispose();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(_feed.Sweep());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_feed.Sweep());
        Assert.Null(_feed.TrySubscribe());
    }

    [Fact]
    public async Task Detach_AfterAttaching_HasALaterGeneration()
    {
        var ready = _feed.ReadyAsync();
        var call = await _channel.NextAttachAsync();
        call.Answer();
        await ready;
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(_feed.Sweep());
        await _feed.DetachAsync();

        Assert.True(await _channel.NextDetachAsync() > call.Subscription.Generation);
    }

    [Fact]
    public async Task Ready_AttachmentFails_FailsAndTheNextTriesAgain()
    {
        var ready = _feed.ReadyAsync();
        (await _channel.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);

        await AttachAsync(Frames.Snapshot(7, "Hello"));
        Assert.Equal("Hello", Text());
    }

    [Fact]
    public async Task Sweep_Silence_Beats()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = _feed.TrySubscribe();
        var reader = new ReplyReader(null);
        var reply = _feed.Find(Frames.Id)!;
        reply.Read(reader);
        var changed = reply.Changed;
        _time.Advance(TimeSpan.FromSeconds(15));
        _feed.Sweep();

        Assert.True(changed.IsCompleted);
        Assert.True(reply.Read(reader).IsBeat);
    }

    [Fact]
    public async Task Sweep_NobodyAnswersForHalfAMinute_LosesItsRepliesUntilSomebodyDoes()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = _feed.TrySubscribe();
        var reader = new ReplyReader(null);
        var reply = _feed.Find(Frames.Id)!;
        for (var seconds = 0; seconds < 25; seconds += 5)
            await FailACheckAsync();
        Assert.False(reply.Read(reader).IsLost);

        await FailACheckAsync();
        _feed.Sweep();
        Assert.True(reply.Read(reader).IsLost);

        var ready = _feed.CheckAsync();
        (await _channel.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
        await ready;
        Assert.False(reply.Read(reader).IsLost);
    }

    [Fact]
    public async Task Sweep_AQuietChannelWhoseOwnerAnswers_LosesNothing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = _feed.TrySubscribe();
        for (var seconds = 0; seconds < 60; seconds += 5)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            _feed.Sweep();
            var ready = _feed.CheckAsync();
            (await _channel.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
            await ready;
        }

        Assert.False(_feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsLost);
    }

    [Fact]
    public async Task Apply_QueuedAfterFailure_LivesAgain()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        _feed.Apply(Frames.Failed());
        Assert.True(_feed.Find(Frames.Id)!.HasFailed);
        _feed.Apply(Frames.Delta(7, 3, "late"));
        Assert.True(_feed.Find(Frames.Id)!.HasFailed);

        _feed.Apply(Frames.Queued());
        _feed.Apply(Frames.Delta(8, 0, "Better"));
        Assert.Equal("Better", Text());
    }

    [Fact]
    public async Task Apply_QueuedAfterCompletion_ChangesNothing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hel"));
        _feed.Apply(Frames.Completed(7, "Hello"));
        _feed.Apply(Frames.Queued());
        _feed.Apply(Frames.Started(8));

        Assert.Equal(["snapshot", "ai-response-complete"], Read());
    }

    /// <summary>Five seconds later the feed asks how things stand, and hears nothing.</summary>
    private async Task FailACheckAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        _feed.Sweep();
        var ready = _feed.CheckAsync();
        (await _channel.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);
    }

    private async Task AttachAsync(params ReplySnapshot[] replies)
    {
        var ready = _feed.ReadyAsync();
        (await _channel.NextAttachAsync()).Answer(replies: replies);
        await ready;
    }

    private IEnumerable<string> Read() => _feed.Find(Frames.Id)!.Read(new ReplyReader(null)).Events.Select(Frames.Type).ToArray();

    private string? Text() =>
        Frames.Data(_feed.Find(Frames.Id)!.Read(new ReplyReader(null)).Events[0]).GetProperty("text").GetString();
}
