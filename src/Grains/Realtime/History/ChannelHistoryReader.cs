using System.Text.Json;
using Dapper;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Storage.Dialects;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime.History;

/// <summary>Reads stored channel events: a range without gaps, or nothing.</summary>
internal sealed partial class ChannelHistoryReader(IDatabase database, ChannelEpoch epochs, ILogger<ChannelHistoryReader> logger)
{
    /// <summary>
    /// The maximum length of a result in characters, each of up to three bytes. A client reads a longer range over HTTP, page by page.
    /// </summary>
    public const int MaxLength = 1024 * 1024;

    // One statement reads one snapshot, because events are deleted concurrently.
    private const string Select =
        """
        select "offset", frame from channel_events where channel = @channel and "offset" > @after and "offset" <= @upTo order by "offset"
        """;

    public async Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken)
    {
        var epoch = await epochs.GetAsync(cancellationToken);
        if (after.Epoch != epoch || after.Offset < 0 || upTo < after.Offset || upTo - after.Offset > IChannelQueriesGrain.MaxFrames)
            return null;
        if (upTo == after.Offset)
            return new ChannelHistory(epoch, []);

        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition(
            Select, new { channel = channel.Value, after = after.Offset, upTo }, cancellationToken: cancellationToken);
        var rows = (await connection.QueryAsync<(long Offset, string Frame)>(command)).AsList();
        if (rows.Count != upTo - after.Offset || rows.Sum(row => (long)row.Frame.Length) > MaxLength)
            return null;

        var frames = new List<ChannelFrame>(rows.Count);
        foreach (var (offset, text) in rows)
        {
            if (Deserialize(channel, offset, text) is not { } frame || frame.Epoch != epoch || frame.Offset != offset)
                return null;
            frames.Add(frame);
        }

        return new ChannelHistory(epoch, [.. frames]);
    }

    /// <summary>Returns null for a frame type that this version does not know, as during a rolling upgrade.</summary>
    private DurableFrame? Deserialize(ChannelName channel, long offset, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Frame>(text, WireJson.Options) as DurableFrame;
        }
        catch (JsonException exception)
        {
            LogUnreadable(channel, offset, exception.Message);
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Event {Offset} of channel {Channel} could not be deserialized; this history read returns nothing: {Reason}")]
    private partial void LogUnreadable(ChannelName channel, long offset, string reason);
}
