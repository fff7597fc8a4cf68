using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

public sealed class LiveReplyTests
{
    private readonly LiveReply _reply = new(Frames.Channel, Frames.Id, 0);
    private readonly ReplyReader _reader = new(null);

    [Fact]
    public void Read_WholeLifecycle_ReturnsEventsInOrder()
    {
        _reply.Queue(Frames.Queued(2));
        Assert.Equal(["ai-response-queued"], Types());
        _reply.Queue(Frames.Queued(1));
        Assert.Equal(["ai-response-queued"], Types());
        _reply.Start(7, 1);
        Assert.Equal(["ai-response-started"], Types());
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        _reply.Append(Frames.Delta(7, 3, "lo"));
        var delta = Assert.Single(_reply.Read(_reader).Events);
        Assert.Equal("Hello", Frames.Data(delta).GetProperty("text").GetString());
        _reply.End(Frames.Completed(7, "Hello"));
        var last = _reply.Read(_reader);
        Assert.True(last.HasEnded);
        Assert.Equal("ai-response-complete", Frames.Type(Assert.Single(last.Events)));
        Assert.Equal(new ReplyCursor(7, 5, HasEnded: true), Frames.Cursor(last.Events[0]));
    }

    [Fact]
    public void Read_FromStart_ReturnsEveryEventHoweverLate()
    {
        _reply.Start(7, 2);
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        var reader = new ReplyReader(null) { ReadsFromStart = true, FirstQueued = Frames.Queued(2) };

        var events = _reply.Read(reader).Events;
        _reply.End(Frames.Completed(7, "Hello"));

        Assert.Equal(["ai-response-queued", "ai-response-started", "ai-response-delta"], events.Select(Frames.Type));
        Assert.Equal(2, Frames.Data(events[0]).GetProperty("position").GetInt32());
        Assert.Equal(
            (7, 2),
            (Frames.Data(events[1]).GetProperty("run").GetInt64(), Frames.Data(events[1]).GetProperty("attempt").GetInt32()));
        Assert.Equal(0, Frames.Data(events[2]).GetProperty("textOffset").GetInt32());
        Assert.Equal(["ai-response-delta", "ai-response-complete"], _reply.Read(reader).Events.Select(Frames.Type));
    }

    [Fact]
    public void Read_FromStart_ReturnsEachQueuePositionOnce()
    {
        var reader = new ReplyReader(null) { ReadsFromStart = true, FirstQueued = Frames.Queued(2) };

        Assert.Equal(["ai-response-queued"], _reply.Read(reader).Events.Select(Frames.Type));
        _reply.Queue(Frames.Queued(2));
        Assert.Empty(_reply.Read(reader).Events);
        _reply.Queue(Frames.Queued(1));
        Assert.Equal(["ai-response-queued"], _reply.Read(reader).Events.Select(Frames.Type));
    }

    [Fact]
    public void Read_FromStartOfAReplyThatEndedWithoutText_ReturnsItsQueuePositionAndItsEnd()
    {
        _reply.Queue(Frames.Queued());
        _reply.End(Frames.Failed());

        var events = _reply.Read(new ReplyReader(null) { ReadsFromStart = true }).Events;

        Assert.Equal(["ai-response-queued", "ai-response-error"], events.Select(Frames.Type));
    }

    [Fact]
    public void Read_LateReader_StartsWithASnapshot()
    {
        _reply.Append(Frames.Delta(7, 0, "Hello"));

        var snapshot = Assert.Single(_reply.Read(_reader).Events);
        Assert.Equal("snapshot", Frames.Type(snapshot));
        Assert.Equal("Hello", Frames.Data(snapshot).GetProperty("text").GetString());
        Assert.Equal("generating", Frames.Data(snapshot).GetProperty("status").GetString());
        Assert.Equal(new ReplyCursor(7, 5, HasEnded: false), Frames.Cursor(snapshot));
    }

    [Fact]
    public void Read_ResumeInTheSameRun_ContinuesAtTheOffset()
    {
        _reply.Append(Frames.Delta(7, 0, "Hello"));

        var delta = Assert.Single(_reply.Read(new ReplyReader(new ReplyCursor(7, 3, HasEnded: false))).Events);
        Assert.Equal("ai-response-delta", Frames.Type(delta));
        Assert.Equal(
            (3, "lo"), (Frames.Data(delta).GetProperty("textOffset").GetInt32(), Frames.Data(delta).GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(6, 3)]
    [InlineData(7, 2)]
    public void Read_ResumeFromAnotherRunOrInvalidOffset_StartsWithASnapshot(long run, int offset)
    {
        _reply.Append(Frames.Delta(7, 0, "a\ud83c\udf1f"));

        var reader = new ReplyReader(new ReplyCursor(run, offset, HasEnded: false));
        Assert.Equal("snapshot", Frames.Type(Assert.Single(_reply.Read(reader).Events)));
    }

    /// <summary>Another gateway was ahead: sending the text of this gateway would set the client back and then repeat text.</summary>
    [Theory]
    [InlineData(7, 4)]
    [InlineData(8, 4)]
    public void Read_ClientIsAhead_WaitsUntilThisGatewayHasTheText(long run, int offset)
    {
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        var reader = new ReplyReader(new ReplyCursor(run, offset, HasEnded: false));
        Assert.Empty(_reply.Read(reader).Events);

        _reply.Append(Frames.Delta(run, 0, "Hello"));

        var delta = Assert.Single(_reply.Read(reader).Events);
        Assert.Equal(
            (4, "o"), (Frames.Data(delta).GetProperty("textOffset").GetInt32(), Frames.Data(delta).GetProperty("text").GetString()));
    }

    [Fact]
    public void Read_ClientIsAheadOfTheEnd_ReturnsSnapshotAndEnd()
    {
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        var reader = new ReplyReader(new ReplyCursor(7, 99, HasEnded: false));
        Assert.Empty(_reply.Read(reader).Events);

        _reply.End(Frames.Completed(7, "Hello"));

        Assert.Equal(["snapshot", "ai-response-complete"], _reply.Read(reader).Events.Select(Frames.Type));
    }

    [Fact]
    public void Read_ChannelResumedAfterTheEnd_ReturnsTheRestAndTheEnd()
    {
        _reply.End(Frames.Completed(7, "Hello"));

        var events = _reply.Read(new ReplyReader(new ReplyCursor(7, 3, HasEnded: false)) { FollowsChannel = true }).Events;

        Assert.Equal(["ai-response-delta", "ai-response-complete"], events.Select(Frames.Type));
        Assert.Equal(
            (3, "lo"),
            (Frames.Data(events[0]).GetProperty("textOffset").GetInt32(), Frames.Data(events[0]).GetProperty("text").GetString()));
    }

    [Fact]
    public void Read_ReplyStreamResumedAfterTheEnd_ReturnsSnapshotAndEnd()
    {
        _reply.End(Frames.Completed(7, "Hello"));

        var events = _reply.Read(new ReplyReader(new ReplyCursor(7, 3, HasEnded: false))).Events;

        Assert.Equal(["snapshot", "ai-response-complete"], events.Select(Frames.Type));
    }

    [Fact]
    public void Read_AfterTheEnd_ReturnsSnapshotAndEnd()
    {
        _reply.End(Frames.Completed(7, "Hello"));

        Assert.Equal(["snapshot", "ai-response-complete"], Types());
    }

    [Fact]
    public void Read_TextThatCameWithTheEnd_IsADelta()
    {
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        _ = Types();
        _reply.End(Frames.Completed(7, "Hello"));

        var events = _reply.Read(_reader).Events;
        Assert.Equal(["ai-response-delta", "ai-response-complete"], events.Select(Frames.Type));
        Assert.Equal("lo", Frames.Data(events[0]).GetProperty("text").GetString());
    }

    [Fact]
    public void Read_NewRun_RestartsTheText()
    {
        _reply.Append(Frames.Delta(7, 0, "First"));
        _ = Types();
        _reply.Append(Frames.Delta(8, 0, "Se"));

        var events = _reply.Read(_reader).Events;
        Assert.Equal(["ai-response-started", "ai-response-delta"], events.Select(Frames.Type));
        Assert.Equal(0, Frames.Data(events[1]).GetProperty("textOffset").GetInt32());
    }

    [Fact]
    public void Read_ReadersAtTheSameOffset_ShareOneEvent()
    {
        var other = new ReplyReader(null);
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        _reply.Read(_reader);
        _reply.Read(other);
        _reply.Append(Frames.Delta(7, 3, "lo"));

        Assert.Same(_reply.Read(_reader).Events[0], _reply.Read(other).Events[0]);
    }

    [Fact]
    public void Read_HalfASurrogatePair_WaitsForTheOtherHalf()
    {
        _reply.Append(Frames.Delta(7, 0, "a"));
        _ = Types();
        _reply.Append(Frames.Delta(7, 1, "\ud83c"));
        Assert.Empty(Types());
        _reply.Append(Frames.Delta(7, 2, "\udf1f"));

        Assert.Equal("\ud83c\udf1f", Frames.Data(Assert.Single(_reply.Read(_reader).Events)).GetProperty("text").GetString());
    }

    [Fact]
    public void MarkMissing_ThenANewFrame_IsNoLongerMissing()
    {
        _reply.MarkMissing();
        Assert.True(_reply.Read(_reader).IsMissing);
        _reply.Append(Frames.Delta(7, 0, "x"));
        Assert.False(_reply.Read(_reader).IsMissing);
    }

    [Fact]
    public void Append_AfterTheEnd_IsIgnored()
    {
        _reply.End(Frames.Failed());
        Assert.Equal(TextMergeResult.Ignored, _reply.Append(Frames.Delta(9, 0, "x")));
        Assert.Equal(["snapshot", "ai-response-error"], Types());
    }

    [Fact]
    public void Sse_AnyText_IsOneEventWithOneDataLine()
    {
        _reply.Append(Frames.Delta(7, 0, "two\nlines \ud83c\udf1f"));

        var text = Frames.Text(Assert.Single(_reply.Read(_reader).Events));
        Assert.Matches("^event: snapshot\ndata: [^\n]+\n\n$", text);
        Assert.Contains("\"type\":\"snapshot\"", text, StringComparison.Ordinal);
    }

    private IEnumerable<string> Types() => _reply.Read(_reader).Events.Select(Frames.Type).ToArray();
}
