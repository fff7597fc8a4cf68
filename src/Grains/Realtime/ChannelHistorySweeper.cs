using JubileeVerse.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

/// <summary>
/// Removes events of channels that are older than a day, a bounded number every five seconds. Every silo does; what one has removed the others
/// do not find. The number of events is bounded where they are written.
/// </summary>
internal sealed partial class ChannelHistorySweeper(IWriteBatcher writes, TimeProvider time, ILogger<ChannelHistorySweeper> logger)
    : BackgroundService
{
    /// <summary>How long a client may be away and still be told what it has missed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private const string DeleteOld =
        """
        delete from channel_events where created_at < @before and created_at <= (
            select max(created_at) from (select created_at from channel_events order by created_at limit 20000) as oldest)
        """;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.NowMs() - (long)MaxAge.TotalMilliseconds;
            await writes.CommitAsync(new WriteUnit(new Statement(DeleteOld, ("before", before))), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events of channels could not be removed; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
