using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.Store;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Maintenance;

/// <summary>Periodic maintenance of a queue: retries of notifications, sweeps of the tables, unpacking, retention.</summary>
internal sealed partial class QueueMaintenance(
    QueueContext queue,
    JobClaims claims,
    EndNotifier endNotifier,
    JobRetention retention,
    QueuePurge purge,
    JobChangeRecorder recorder,
    QueueDispatcher dispatcher,
    ILogger logger)
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepWindow = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time after an activation during which a sweep reads all open rows of the window. An insert of the former activation already has
    /// a sort key and may be committed while this activation loads or shortly afterwards, so a sweep for rows without a sort key misses it.
    /// </summary>
    private static readonly TimeSpan FullSweepDuration = TimeSpan.FromSeconds(10);

    private readonly Throttle _sweepThrottle = new(queue.Time, SweepPeriod);
    private readonly Throttle _retentionThrottle = new(queue.Time, RetentionPeriod);
    private readonly HashSet<string> _running = [];
    private long? _firstSweep;

    /// <summary>
    /// Starts each maintenance task independently, because a listener that rejects a notification must not keep the sweep from finding a
    /// job whose offer was lost, and a long pass of the retention must not delay anything else.
    /// </summary>
    public void Start(long now, CancellationToken cancellationToken)
    {
        RunAsync("ends", endNotifier.RetryAsync, cancellationToken).Ignore();
        RunAsync("sweep", SweepAsync, cancellationToken).Ignore();
        RunAsync("claims", claims.SweepAsync, cancellationToken).Ignore();
        RunAsync("packs", _ => queue.Changes.UnpackOldAsync(), cancellationToken).Ignore();
        RunAsync("retention", token => ApplyRetentionAsync(now, token), cancellationToken).Ignore();
    }

    /// <summary>Runs a maintenance task, unless its former run is still in progress.</summary>
    private async Task RunAsync(string name, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        if (!_running.Add(name))
            return;
        try
        {
            await run(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, queue.Name);
        }
        finally
        {
            _running.Remove(name);
        }
    }

    /// <summary>Loads jobs that are stored but whose offer to the queue was lost.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!_sweepThrottle.TryEnter())
            return;

        var isFull = queue.Time.GetElapsedTime(_firstSweep ??= queue.Time.GetTimestamp()) < FullSweepDuration;
        var since = queue.NowMs() - (long)SweepWindow.TotalMilliseconds;
        var rows = await queue.Store.OpenSinceAsync(queue.Name, since, isFull, cancellationToken);
        recorder.Record(queue.State.Intake.Load(rows, queue.NowMs()));
        dispatcher.Dispatch();
    }

    /// <summary>Deletes ended jobs beyond the retention rules.</summary>
    private Task ApplyRetentionAsync(long now, CancellationToken cancellationToken) => _retentionThrottle.TryEnter()
        ? retention.ApplyAsync(queue.Name, now, purge.DeleteAsync, cancellationToken)
        : Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Maintenance of queue {Queue} failed; it is retried at the next interval.")]
    private partial void LogMaintenanceFailed(Exception exception, string queue);
}
