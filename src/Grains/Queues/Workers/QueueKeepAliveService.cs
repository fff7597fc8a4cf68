using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Keeps queues without a processor activated. Their schedules, delays, deadlines and retention depend on the grain's timers, which run
/// only while the grain is active, and after a restart there may be no other call that activates such a queue.
/// </summary>
internal sealed partial class QueueKeepAliveService(
    QueueCatalog queues,
    IEnumerable<IJobProcessor> processors,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<QueueKeepAliveService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string[] unpolled = [.. queues.Names.Except(processors.Select(processor => processor.Queue))];
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Task.WhenAll(unpolled.Select(name => WakeAsync(name, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task WakeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IQueueGrain>(name).GetAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogWakeFailed(exception, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be activated; the next interval retries it.")]
    private partial void LogWakeFailed(Exception exception, string queue);
}
