using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>The channel's owner does not answer any more.</summary>
public sealed class LostChannelTests : ChannelFeedHarness
{
    [Fact]
    public async Task Sweep_NobodyAnswersForHalfAMinute_LosesItsRepliesUntilSomebodyDoes()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        var reader = new ReplyReader(null);
        var reply = Feed.Find(Frames.Id)!;
        for (var seconds = 0; seconds < 25; seconds += 5)
            await FailACheckAsync();
        Assert.False(reply.Read(reader).IsLost);

        await FailACheckAsync();
        Feed.Sweep();
        Assert.True(reply.Read(reader).IsLost);

        var ready = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
        await ready;
        Assert.False(reply.Read(reader).IsLost);
    }

    [Fact]
    public async Task Check_ALostReplyThatHasEndedMeanwhile_IsMissingAndNotLost()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        for (var seconds = 0; seconds < 30; seconds += 5)
            await FailACheckAsync();
        Feed.Sweep();

        var ready = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Answer();
        await ready;

        var reading = Feed.Find(Frames.Id)!.Read(new ReplyReader(null));
        Assert.Equal((true, false), (reading.IsMissing, reading.IsLost));
    }

    [Fact]
    public async Task Sweep_AQuietChannelWhoseOwnerAnswers_LosesNothing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        for (var seconds = 0; seconds < 60; seconds += 5)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            Feed.Sweep();
            var ready = Feed.CheckAsync();
            (await Owner.NextAttachAsync()).Answer(replies: Frames.Snapshot(7, "Hello"));
            await ready;
        }

        Assert.False(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsLost);
    }

    /// <summary>Five seconds later the feed asks how things stand, and hears nothing.</summary>
    private async Task FailACheckAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        Feed.Sweep();
        var ready = Feed.CheckAsync();
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);
    }
}
