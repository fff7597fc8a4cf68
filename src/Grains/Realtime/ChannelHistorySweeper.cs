using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

/// <summary>
/// Removes events of channels that are older than a day, a bounded number every five seconds. The number of events is bounded where they
/// are written.
/// </summary>
internal sealed class ChannelHistorySweeper(IWriteBatcher writes, TimeProvider time, ILogger<ChannelHistorySweeper> logger)
    : StoreSweeper(TimeSpan.FromSeconds(5), "Old events of channels", writes, time, logger)
{
    /// <summary>How long a client may be away and still be told what it has missed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private const string DeleteOld =
        """
        delete from channel_events where created_at < @before and created_at <= (
            select max(created_at) from (select created_at from channel_events order by created_at limit 20000) as oldest)
        """;

    protected override IEnumerable<Statement> Removals(DateTimeOffset now) =>
        [new Statement(DeleteOld, ("before", (now - MaxAge).ToUnixTimeMilliseconds()))];
}
