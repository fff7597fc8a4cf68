using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

/// <summary>One example of each case; <see cref="ReplyDiffProperties"/> holds what is true of all of them.</summary>
public sealed class ReplyDiffTests
{
    private static readonly ReplyState Waiting = new();
    private static readonly ReplyState Running = Text(7, "Hello");
    private static readonly ReplyState Completed = Running with { End = Frames.Completed(7, "Hello") };

    [Fact]
    public void Between_ReaderHasAllText_IsUpToDate()
    {
        var reader = new ReplyReader(new ReplyCursor(7, 5, HasEnded: false));

        Assert.Equal(ReplyTextCase.UpToDate, Compare(reader, Running));
        Assert.Empty(Read(reader, Running));
    }

    [Theory]
    [InlineData(7, 6)]
    [InlineData(8, 0)]
    public void Between_ReaderHasTextOfAnotherGateway_IsAheadAndKeepsItsCursor(long run, int offset)
    {
        var reader = new ReplyReader(new ReplyCursor(run, offset, HasEnded: false));

        Assert.Equal(ReplyTextCase.Ahead, Compare(reader, Running));
        Assert.Empty(Read(reader, Running));
        Assert.Equal(new ReplyCursor(run, offset, HasEnded: false), reader.Cursor);
    }

    [Fact]
    public void Between_ReplyEndedBeforeTheReadersCursor_IsAheadOfTheEnd()
    {
        var reader = new ReplyReader(new ReplyCursor(8, 2, HasEnded: false)) { FollowsChannel = true };

        Assert.Equal(ReplyTextCase.AheadOfTheEnd, Compare(reader, Completed));
        Assert.Equal(["7=Hello", "end"], Read(reader, Completed));
    }

    [Fact]
    public void Between_ReaderFromTheStart_IsFromStartOnItsFirstReadOnly()
    {
        var reader = new ReplyReader(null) { ReadsFromStart = true };

        Assert.Equal(ReplyTextCase.FromStart, Compare(reader, Text(7, "Hel")));
        Assert.Equal(["started 7", "7@0:Hel"], Read(reader, Text(7, "Hel")));
        Assert.Equal(ReplyTextCase.SameRun, Compare(reader, Completed));
        Assert.Equal(["7@3:lo", "end"], Read(reader, Completed));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(3, false)]
    public void Between_FirstReadAfterTheEnd_IsAfterTheEnd(int? offset, bool followsChannel)
    {
        var cursor = offset is { } at ? new ReplyCursor(7, at, HasEnded: false) : (ReplyCursor?)null;
        var reader = new ReplyReader(cursor) { FollowsChannel = followsChannel };

        Assert.Equal(ReplyTextCase.AfterTheEnd, Compare(reader, Completed));
        Assert.Equal(["7=Hello", "end"], Read(reader, Completed));
    }

    [Fact]
    public void Between_ChannelReaderResumesAfterTheEnd_IsSameRun()
    {
        var reader = new ReplyReader(new ReplyCursor(7, 3, HasEnded: false)) { FollowsChannel = true };

        Assert.Equal(ReplyTextCase.SameRun, Compare(reader, Completed));
        Assert.Equal(["7@3:lo", "end"], Read(reader, Completed));
    }

    [Fact]
    public void Between_ChannelReaderOfAReplyOfUnknownPosition_IsNothingKnown()
    {
        var reader = new ReplyReader(null) { FollowsChannel = true };

        Assert.Equal(ReplyTextCase.NothingKnown, Compare(reader, Waiting));
        Assert.Equal(["0="], Read(reader, Waiting));
        Assert.Equal(ReplyTextCase.UpToDate, Compare(reader, Waiting));
    }

    [Fact]
    public void Between_ReaderOfAQueuedReply_ReceivesThePositionOnly()
    {
        var reader = new ReplyReader(null) { FollowsChannel = true };
        var queued = Waiting with { Queued = Frames.Queued(2) };

        Assert.Equal(ReplyTextCase.UpToDate, Compare(reader, queued));
        Assert.Equal(["queued 2"], Read(reader, queued));
        Assert.Empty(Read(reader, queued));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Between_ReaderHasTheBeginning_IsSameRun(int offset)
    {
        var reader = new ReplyReader(new ReplyCursor(7, offset, HasEnded: false));

        Assert.Equal(ReplyTextCase.SameRun, Compare(reader, Running));
        Assert.Equal([$"7@{offset}:{"Hello"[offset..]}"], Read(reader, Running));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6, 3)]
    [InlineData(7, 2)]
    public void Between_FirstReadWithoutTextToContinue_IsJoined(long run, int offset)
    {
        var state = Text(7, "a\ud83c\udf1f");
        var reader = new ReplyReader(new ReplyCursor(run, offset, HasEnded: false));

        Assert.Equal(ReplyTextCase.Joined, Compare(reader, state));
        Assert.Equal(["7=a\ud83c\udf1f"], Read(reader, state));
    }

    [Fact]
    public void Between_RunBeganWhileTheReaderFollowed_IsNewRun()
    {
        var reader = new ReplyReader(null);
        Read(reader, Running);

        Assert.Equal(ReplyTextCase.NewRun, Compare(reader, Text(8, "Anew")));
        Assert.Equal(["started 8", "8@0:Anew"], Read(reader, Text(8, "Anew")));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Between_RetryIsPending_SendsItUnlessTheReaderKnowsTheNextRun(long run, bool isSent)
    {
        var reader = new ReplyReader(new ReplyCursor(run, 5, HasEnded: false));
        var state = Running with { Retrying = Frames.Retrying(), RetriedRun = 7 };

        Assert.Equal(isSent ? ["retrying"] : [], Read(reader, state));
        Assert.Empty(Read(reader, state));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(-1, false)]
    public void CanResumeAt_Offset_RequiresWholeCharacters(int offset, bool expected) =>
        Assert.Equal(expected, Text(1, "a\ud83c\udf1f").CanResumeAt(new ReplyCursor(1, offset, HasEnded: false)));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void CanResumeAt_AnotherRun_IsFalse(long run) =>
        Assert.False(Text(1, "a").CanResumeAt(new ReplyCursor(run, 0, HasEnded: false)));

    private static ReplyState Text(long run, string text) =>
        new() { Run = run, Text = text.AsMemory(), Attempt = 1, Status = ReplyStatus.Generating };

    private static ReplyTextCase Compare(ReplyReader reader, ReplyState state) => ReplyDiff.Between(reader, state).Text;

    /// <summary>Moves the reader, and returns what it is sent in short form.</summary>
    private static string[] Read(ReplyReader reader, ReplyState state)
    {
        var diff = ReplyDiff.Between(reader, state);
        reader.MovePast(diff);
        return [.. new ReplyEventCache(Frames.Channel, Frames.Id).Create(diff, state).Select(item => Format(item.Frame.Frame))];
    }

    private static string Format(Frame frame) => frame switch
    {
        ReplyQueued queued => $"queued {queued.Position}",
        ReplyStarted started => $"started {started.Run}",
        ReplyDelta delta => $"{delta.Run}@{delta.TextOffset}:{delta.Text}",
        ReplySnapshot snapshot => $"{snapshot.Run}={snapshot.Text}",
        ReplyRetrying => "retrying",
        DurableFrame => "end",
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, "Not a frame of a reply."),
    };
}
