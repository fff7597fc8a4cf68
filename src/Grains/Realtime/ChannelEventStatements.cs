using System.Text.Json;
using JubileeVerse.Storage;

namespace JubileeVerse.Realtime;

/// <summary>The statements that write the history of a stored channel: the same text on both databases.</summary>
internal static class ChannelEventStatements
{
    /// <summary>Events kept for each channel.</summary>
    public const int HistoryLength = 1000;

    /// <summary>How often the history is cut, in events: a cut with each one would double the writes.</summary>
    private const int TrimEvery = 64;

    private const string Insert =
        """insert into channel_events (channel, "offset", frame, created_at) values (@channel, @offset, @frame, @createdAt)""";

    private const string Trim = """delete from channel_events where channel = @channel and "offset" <= @offset""";

    /// <param name="frame">What was told.</param>
    /// <param name="createdAt">When, in Unix milliseconds.</param>
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
