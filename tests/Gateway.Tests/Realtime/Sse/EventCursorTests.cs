using CsCheck;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Sse;

public sealed class EventCursorTests
{
    private const int MaxHeaderLength = 8 * 1024;

    private static readonly Gen<ResumeReply> AReply = Gen.Select(
        Gen.Guid,
        Gen.Long[1, long.MaxValue],
        Gen.Int[0, int.MaxValue],
        (id, run, offset) => new ResumeReply(ReplyId.From(id), run, offset));

    private static readonly Gen<EventMark> AMark = Gen.Select(
        Gen.ULong,
        Gen.OneOf(Gen.String[0, 16].Where(text => text.All(char.IsAscii)), Gen.Const("a381db28cb0a")),
        Gen.Long[0, long.MaxValue],
        AReply.Array[0, EventMark.MaxReplies],
        (key, epoch, offset, replies) => new EventMark(key, new ChannelPosition(epoch, offset), replies));

    private static readonly Gen<EventCursor> ACursor = AMark.Array[0, EventConnectionFactory.MaxChannels + 2].Select(CreateCursor);

    [Fact]
    public void Parse_PrintedCursor_RoundTrips() =>
        ACursor.Where(cursor => cursor.ToString().Length <= EventCursorText.MaxLength).Sample(cursor =>
        {
            var parsed = EventCursor.Parse(cursor.ToString());

            Assert.NotNull(parsed);
            Assert.Equal(cursor.Marks.Select(mark => (mark.Key, mark.Position)), parsed.Marks.Select(mark => (mark.Key, mark.Position)));
            Assert.Equal(cursor.Marks.SelectMany(mark => mark.Replies), parsed.Marks.SelectMany(mark => mark.Replies));
            Assert.Equal(cursor.ToString(), parsed.ToString());
        });

    [Fact]
    public void ToString_AnyCursor_IsValidInAHeaderAndAUrl() =>
        ACursor.Sample(cursor => Assert.Matches("^[A-Za-z0-9_-]+$", cursor.ToString()));

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.OneOf(
        Gen.String,
        Gen.Byte.Array.Select(Convert.ToBase64String),
        Gen.String[Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"], 0, 200])
        .Sample(text => Assert.True(EventCursor.Parse(text) is null || text.Length >= 8));

    [Fact]
    public void Parse_ChangedOrTruncatedText_ReturnsNull() =>
        Gen.Select(ACursor, Gen.Int[0, int.MaxValue], Gen.Int[1, 63], Gen.Bool).Sample((cursor, position, by, isTruncated) =>
        {
            const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            var text = cursor.ToString();
            // The last character is left out because some of its bits encode nothing.
            var at = position % (text.Length - 1);
            var changed = isTruncated
                ? text[..at]
                : text[..at] + alphabet[(alphabet.IndexOf(text[at]) + by) % alphabet.Length] + text[(at + 1)..];

            Assert.Null(EventCursor.Parse(changed));
        });

    [Fact]
    public void Parse_AnyBytesWithAValidChecksum_NeverThrows() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        // A client can compute a valid checksum of invalid bytes.
        byte[] body = [1, .. bytes];
        var checksum = uint.MaxValue;
        foreach (var value in body)
            checksum = System.Numerics.BitOperations.Crc32C(checksum, value);
        var text = System.Buffers.Text.Base64Url.EncodeToString([.. body, .. BitConverter.GetBytes(checksum)]);

        var cursor = EventCursor.Parse(text);

        Assert.True(cursor is null || cursor.Marks.All(mark => mark is { Position.Offset: >= 0, Replies.Count: <= EventMark.MaxReplies }));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NDI5NDk2NzI5Ny42")]
    [InlineData("junk!")]
    public void Parse_ForeignText_ReturnsNull(string? text) => Assert.Null(EventCursor.Parse(text));

    [Fact]
    public void Parse_LongerThanMaxLength_ReturnsNull() => Assert.Null(EventCursor.Parse(new string('A', EventCursorText.MaxLength + 1)));

    [Fact]
    public void ToString_TenChannelsWithFiveReplies_FitsInAHeader()
    {
        var cursor = CreateCursor([.. Enumerable.Range(0, 12).Select(i => new EventMark(
            (ulong)i, new ChannelPosition("a381db28cb0a", 1_000_000), i < 10 ? [.. Enumerable.Range(0, 5).Select(_ => Reply(i))] : []))]);

        Assert.InRange(cursor.ToString().Length, 1, 2000);
        Assert.NotNull(EventCursor.Parse(cursor.ToString()));
    }

    [Fact]
    public void ToString_LargestCursorOfAConnection_FitsInAHeaderAndParses()
    {
        var cursor = CreateCursor([.. Enumerable.Range(0, 12).Select(i => new EventMark(
            ulong.MaxValue - (ulong)i,
            new ChannelPosition($"{i:x12}", long.MaxValue),
            [
                .. Enumerable.Range(0, i < 10 ? EventMark.MaxReplies : 0)
                    .Select(_ => Reply(i) with { Run = long.MaxValue, TextOffset = int.MaxValue }),
            ]))]);

        Assert.InRange(cursor.ToString().Length, 1, Math.Min(EventCursorText.MaxLength, MaxHeaderLength));
        Assert.NotNull(EventCursor.Parse(cursor.ToString()));
    }

    [Fact]
    public void MovePast_FramesOfAReply_KeepsItsOffsetUntilItsEnd()
    {
        var cursor = CreateCursor([new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [])]);

        cursor.MovePast(Item(Frames.Delta(7, 0, "Hello"), null, new ReplyCursor(7, 5, HasEnded: false)));
        Assert.Equal(new ResumeReply(Frames.Id, 7, 5), Assert.Single(Read(cursor).Replies));
        cursor.MovePast(Item(Frames.Completed(7, "Hello", 4), new ChannelPosition("e", 4), new ReplyCursor(7, 5, HasEnded: true)));

        Assert.Empty(Read(cursor).Replies);
        Assert.Equal(new ChannelPosition("e", 4), Read(cursor).Position);
    }

    [Fact]
    public void MovePast_Gap_RemovesRepliesThatMayHaveEndedInIt()
    {
        var cursor = CreateCursor(
            [new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [new ResumeReply(Frames.Id, 7, 5)])]);

        cursor.MovePast(new ConnectionFrame(
            new SharedFrame(new Gap(Frames.Channel, 4, 9, Gap.HistoryEnded)),
            new FramePosition(Frames.Channel, new ChannelPosition("e", 9))));

        Assert.Empty(Read(cursor).Replies);
        Assert.Equal(9, Read(cursor).Position.Offset);
    }

    [Fact]
    public void MovePast_MoreThanMaxReplies_RemovesTheOldest()
    {
        var cursor = CreateCursor([new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [])]);
        var ids = Enumerable.Range(0, EventMark.MaxReplies + 1).Select(_ => ReplyId.New(TimeProvider.System)).ToArray();

        foreach (var id in ids)
        {
            cursor.MovePast(new ConnectionFrame(
                new SharedFrame(Frames.Delta(7, 0, "x")),
                new FramePosition(Frames.Channel, null, id, new ReplyCursor(7, 1, HasEnded: false))));
        }

        Assert.Equal(ids[1..], Read(cursor).Replies.Select(reply => reply.ReplyId));
    }

    [Fact]
    public void Find_AnotherChannel_ReturnsNull()
    {
        var cursor = CreateCursor([new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [])]);

        Assert.Null(cursor.Find(ChannelName.Announcements));
        Assert.NotNull(cursor.Find(Frames.Channel));
    }

    private static EventMark Read(EventCursor cursor) => Assert.Single(EventCursor.Parse(cursor.ToString())!.Marks);

    private static ConnectionFrame Item(Frame frame, ChannelPosition? position, ReplyCursor text) =>
        new(new SharedFrame(frame), new FramePosition(Frames.Channel, position, Frames.Id, text));

    private static ResumeReply Reply(int i) => new(ReplyId.New(TimeProvider.System), 4294967297 + i, 3000 + i);

    private static EventCursor CreateCursor(EventMark[] marks)
    {
        var cursor = new EventCursor();
        foreach (var mark in marks)
            cursor.Add(mark);
        return cursor;
    }
}
