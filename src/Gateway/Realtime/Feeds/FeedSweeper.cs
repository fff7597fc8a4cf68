namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>Sweeps the feeds once a second.</summary>
internal sealed partial class FeedSweeper(ChannelFeeds feeds, TimeProvider time, ILogger<FeedSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                feeds.Sweep();
            }
            catch (Exception exception)
            {
                LogSweepFailed(exception);
            }
        }
    }

    // The exception is logged and not thrown, because a fault in one feed must not stop the checks of all others.
    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep of the channel feeds failed; the next one follows in a second.")]
    private partial void LogSweepFailed(Exception exception);
}
