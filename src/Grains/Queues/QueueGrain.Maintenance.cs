using JubileeVerse.Queues.Schedules;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>Periodic maintenance: retries of notifications, sweeps of the tables, unpacking.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepWindow = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The time after an activation during which a sweep reads all open rows of the window. An insert of the former activation already has
    /// a sort key and may be committed while this activation loads or shortly afterwards, so a sweep for rows without a sort key misses it.
    /// </summary>
    private static readonly TimeSpan FullSweepDuration = TimeSpan.FromSeconds(10);

    private readonly Throttle _sweepThrottle = new(time, SweepPeriod);
    private readonly HashSet<string> _runningMaintenance = [];
    private long? _firstSweep;

    /// <summary>
    /// Starts each maintenance task independently, because a listener that rejects a notification must not keep the sweep from finding a
    /// job whose offer was lost.
    /// </summary>
    private void Maintain(CancellationToken cancellationToken)
    {
        RunMaintenanceAsync("ends", endNotifier.RetryAsync, cancellationToken).Ignore();
        RunMaintenanceAsync("sweep", SweepAsync, cancellationToken).Ignore();
        RunMaintenanceAsync("claims", claims.SweepAsync, cancellationToken).Ignore();
        RunMaintenanceAsync("packs", _ => changes.UnpackOldAsync(), cancellationToken).Ignore();
    }

    /// <summary>Runs a maintenance task, unless its former run is still in progress.</summary>
    private async Task RunMaintenanceAsync(string name, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        if (!_runningMaintenance.Add(name))
            return;
        try
        {
            await run(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, _name);
        }
        finally
        {
            _runningMaintenance.Remove(name);
        }
    }

    /// <summary>Loads jobs that are stored but whose offer to the queue was lost.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!_sweepThrottle.TryEnter())
            return;

        var isFull = time.GetElapsedTime(_firstSweep ??= time.GetTimestamp()) < FullSweepDuration;
        var rows = await store.OpenSinceAsync(_name, time.NowMs() - (long)SweepWindow.TotalMilliseconds, isFull, cancellationToken);
        Record(_state.Load(rows, time.NowMs()));
        Dispatch();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Maintenance of queue {Queue} failed; it is retried at the next interval.")]
    private partial void LogMaintenanceFailed(Exception exception, string queue);
}
