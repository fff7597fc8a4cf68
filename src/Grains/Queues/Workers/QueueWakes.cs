using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Keeps those queues awake that no worker polls: their schedules, delays, deadlines and retention go by the queue's own clock, which only
/// runs while it is active somewhere. After a restart nobody else may ask for such a queue.
/// </summary>
internal sealed partial class QueueWakes(
    QueueCatalog queues, IEnumerable<IJobProcessor> processors, IGrainFactory grains, TimeProvider time, ILogger<QueueWakes> logger) : BackgroundService
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
            // The host stops.
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
            LogFailed(exception, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be woken; the next round tries again.")]
    private partial void LogFailed(Exception exception, string queue);
}
