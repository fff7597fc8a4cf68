using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime.History;

/// <summary>
/// Deletes channel events that are older than a day, a bounded number every five seconds. The number of events per channel is bounded when
/// they are written (<see cref="ChannelEventStatements"/>).
/// </summary>
internal sealed class ChannelHistorySweeper(IWriteBatcher writes, TimeProvider time, ILogger<ChannelHistorySweeper> logger)
    : StoreSweeper(TimeSpan.FromSeconds(5), "Expired channel events", writes, time, logger)
{
    /// <summary>How long a client may be disconnected and still recover the events it missed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private const string DeleteOld =
        """
        delete from channel_events where created_at < @before and created_at <= (
            select max(created_at) from (select created_at from channel_events order by created_at limit 20000) as oldest)
        """;

    protected override IEnumerable<Statement> CreateStatements(DateTimeOffset now) =>
        [new Statement(DeleteOld, ("before", (now - MaxAge).ToUnixTimeMilliseconds()))];
}
