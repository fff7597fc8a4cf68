using System.Text.Json;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Realtime.History;

/// <summary>The SQL statements that write the history of a stored channel; the text is the same on both databases.</summary>
internal static class ChannelEventStatements
{
    /// <summary>The number of events kept per channel.</summary>
    public const int HistoryLength = 1000;

    /// <summary>The history is trimmed once per this many events, because trimming with each event would double the writes.</summary>
    private const int TrimEvery = 64;

    private const string Insert =
        """insert into channel_events (channel, "offset", frame, created_at) values (@channel, @offset, @frame, @createdAt)""";

    private const string Trim = """delete from channel_events where channel = @channel and "offset" <= @offset""";

    /// <param name="createdAt">In Unix milliseconds.</param>
    public static IEnumerable<Statement> Add(DurableFrame frame, long createdAt)
    {
        yield return new Statement(
            Insert,
            ("channel", frame.Channel.Value),
            ("offset", frame.Offset),
            ("frame", JsonSerializer.Serialize<Frame>(frame, WireJson.Options)),
            ("createdAt", createdAt));

        if (frame.Offset % TrimEvery == 0 && frame.Offset > HistoryLength)
            yield return new Statement(Trim, ("channel", frame.Channel.Value), ("offset", frame.Offset - HistoryLength));
    }
}
