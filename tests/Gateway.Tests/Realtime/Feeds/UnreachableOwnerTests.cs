using JubileeVerse.Gateway.Realtime.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>The owner of the channel stops responding.</summary>
public sealed class UnreachableOwnerTests : ChannelFeedHarness
{
    [Fact]
    public async Task Sweep_OwnerDoesNotRespondFor30Seconds_MarksRepliesUnreachableUntilItDoes()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        var reader = new ReplyReader(null);
        var reply = Feed.Find(Frames.Id)!;
        for (var seconds = 0; seconds < 25; seconds += 5)
            await FailAttachAsync();
        Assert.False(reply.Read(reader).IsOwnerUnreachable);

        await FailAttachAsync();
        Feed.Sweep();
        Assert.True(reply.Read(reader).IsOwnerUnreachable);

        var ready = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hello"));
        await ready;
        Assert.False(reply.Read(reader).IsOwnerUnreachable);
    }

    [Fact]
    public async Task AttachAgainAsync_UnreachableReplyHasEnded_IsMissing()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        for (var seconds = 0; seconds < 30; seconds += 5)
            await FailAttachAsync();
        Feed.Sweep();

        var ready = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Complete();
        await ready;

        var reading = Feed.Find(Frames.Id)!.Read(new ReplyReader(null));
        Assert.Equal((true, false), (reading.IsMissing, reading.IsOwnerUnreachable));
    }

    [Fact]
    public async Task Sweep_QuietChannelWhoseOwnerResponds_MarksNothingUnreachable()
    {
        await AttachAsync(Frames.Snapshot(7, "Hello"));
        using var subscription = Feed.TrySubscribe();
        for (var seconds = 0; seconds < 60; seconds += 5)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            Feed.Sweep();
            var ready = Feed.AttachAgainAsync();
            (await Owner.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hello"));
            await ready;
        }

        Assert.False(Feed.Find(Frames.Id)!.Read(new ReplyReader(null)).IsOwnerUnreachable);
    }

    /// <summary>Lets five seconds pass, after which the feed attaches again and gets no response.</summary>
    private async Task FailAttachAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        Feed.Sweep();
        var ready = Feed.AttachAgainAsync();
        (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => ready);
    }
}
