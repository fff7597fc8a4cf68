using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Completion;

/// <summary>
/// Notifies a queue's listener of each job's end until the listener acknowledges it. The job's row stays unacknowledged until then, so a
/// pending notification survives a crash. One instance per activation, used only on the grain's scheduler, so it needs no lock.
/// </summary>
internal sealed partial class EndNotifier(
    IJobStore store, IEnumerable<IJobListener> listeners, TimeProvider time, ILogger<EndNotifier> logger)
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of concurrent notifications, first attempts and retries together.</summary>
    private const int MaxConcurrency = 16;

    /// <summary>The maximum number of ends that wait in memory. Further ends are read from the store later.</summary>
    private const int MaxQueued = 10_000;

    private const int PageSize = 1000;

    private readonly SemaphoreSlim _concurrency = new(MaxConcurrency);
    private readonly Queue<UnacknowledgedEnd> _queued = new();
    private readonly Throttle _retryThrottle = new(time, RetryPeriod);

    /// <summary>The operation that is in progress for a job. A second call for the same job awaits it instead of repeating it.</summary>
    private readonly Dictionary<JobId, Task> _inProgress = [];
    private string _queue = "";
    private Func<JobId, bool> _isOpen = _ => false;
    private IJobListener? _listener;
    private int _pumps;

    // Initially true, because the former activation may have left unacknowledged ends in the store.
    private bool _hasUnacknowledged = true;

    /// <summary>Whether the queue has a listener. Without one, ends need no notification.</summary>
    public bool HasListener => _listener is not null;

    /// <param name="isOpen">
    /// Returns whether a job is open. A job that was reopened after its end was read from the store is open, and its end is not announced.
    /// </param>
    public void Open(string queue, Func<JobId, bool> isOpen)
    {
        _queue = queue;
        _isOpen = isOpen;
        _listener = listeners.FirstOrDefault(listener => listener.Queue == queue);
    }

    public void NotifyMoved(PositionUpdate move)
    {
        if (move.Status is { Position: { } position } status)
            NotifyBestEffort(listener => listener.JobMovedAsync(status.Id, move.OrderKey, position, status.EtaSeconds));
    }

    /// <summary>
    /// Queues the notification of a job's end. Ends beyond the memory limit and failed notifications are read from the store later.
    /// </summary>
    public void EnqueueEnded(JobChange change)
    {
        if (_queued.Count >= MaxQueued)
        {
            _hasUnacknowledged = true;
            return;
        }

        _queued.Enqueue(UnacknowledgedEnd.From(change));
        if (_pumps < MaxConcurrency)
            NotifyQueuedAsync().Ignore();
    }

    public void NotifyRetrying(JobChange change, TimeSpan delay) =>
        NotifyBestEffort(listener => listener.JobRetryingAsync(change.Id, change.OrderKey.ToText(), change.AttemptsMade + 1, delay));

    /// <summary>
    /// Notifies the listener of one end and waits for it. When this throws, the end stays unacknowledged and is retried later.
    /// </summary>
    public async Task NotifyEndedAsync(UnacknowledgedEnd ended)
    {
        try
        {
            await NotifyAsync(ended);
        }
        catch
        {
            _hasUnacknowledged = true;
            throw;
        }
    }

    /// <summary>
    /// Asks the listener whether a failed job may be reopened, and reopens it if the listener agrees. The job's end is unacknowledged in
    /// the meantime: if the reopening fails or the process crashes, the listener is notified of the end again.
    /// </summary>
    /// <returns>False: the listener declined. True also when a concurrent call has already reopened the job.</returns>
    public async Task<bool> ReopenAsync(JobId id, string? orderKey, Func<Task> reopen)
    {
        var reopened = false;
        try
        {
            // An operation in progress is a notification or another caller's request. Its result does not apply to this request.
            while (_inProgress.TryGetValue(id, out var other))
                await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_isOpen(id))
                return reopened = true;

            await RunOnceAsync(id, async () => reopened = await TryReopenAsync(id, orderKey, reopen));
            return reopened;
        }
        finally
        {
            _hasUnacknowledged |= !reopened;
        }
    }

    /// <summary>
    /// Retries the unacknowledged ends in the store. It may be called often: it reads the store at most every two seconds, and only when
    /// there may be any.
    /// </summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        if (!_hasUnacknowledged || !_retryThrottle.TryEnter())
            return;
        _hasUnacknowledged = false;
        try
        {
            await NotifyAllEndedAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            _hasUnacknowledged = true;
            throw;
        }
    }

    /// <summary>
    /// Notifies the listener of all unacknowledged ends in the store. An end whose notification fails stays unacknowledged and is retried
    /// later.
    /// </summary>
    public async Task NotifyAllEndedAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<UnacknowledgedEnd> page = [];
        do
        {
            page = await store.UnacknowledgedEndsAsync(_queue, page.IsEmpty ? null : page[^1].Id, PageSize, cancellationToken);
            foreach (var batch in page.Chunk(MaxConcurrency))
                await Task.WhenAll(batch.Select(TryNotifyAsync));
        }
        while (page.Length == PageSize);
    }

    /// <summary>Sends a notification that may be lost. An exception of the listener does not reach the caller.</summary>
    private void NotifyBestEffort(Func<IJobListener, Task> notify)
    {
        if (_listener is { } listener)
            InvokeAsync().Ignore();

        async Task InvokeAsync() => await notify(listener);
    }

    private async Task NotifyQueuedAsync()
    {
        _pumps++;
        while (_queued.TryDequeue(out var end))
            await TryNotifyAsync(end);
        _pumps--;
    }

    /// <summary>Catches every exception, because a failed notification must not delay the others.</summary>
    private async Task TryNotifyAsync(UnacknowledgedEnd end)
    {
        await _concurrency.WaitAsync();
        try
        {
            await NotifyAsync(end);
        }
        catch (Exception exception)
        {
            _hasUnacknowledged = true;
            LogNotificationFailed(exception, end.Id, _queue);
        }
        finally
        {
            _concurrency.Release();
        }
    }

    private Task NotifyAsync(UnacknowledgedEnd end) => RunOnceAsync(end.Id, async () =>
    {
        if (_isOpen(end.Id))
            return;
        if (_listener is not null)
            await _listener.JobEndedAsync(end.Id, end.OrderKey, end.State, end.Failure, CancellationToken.None);
        await store.MarkAcknowledgedAsync(_queue, end.Id, CancellationToken.None);
    });

    private async Task<bool> TryReopenAsync(JobId id, string? orderKey, Func<Task> reopen)
    {
        if (_listener is not null)
        {
            await store.MarkUnacknowledgedAsync(_queue, id, CancellationToken.None);
            if (!await _listener.JobReopeningAsync(id, orderKey, CancellationToken.None))
                return false;
        }

        await reopen();
        return true;
    }

    private async Task RunOnceAsync(JobId id, Func<Task> operation)
    {
        if (_inProgress.TryGetValue(id, out var other))
        {
            await other;
            return;
        }

        var task = _inProgress[id] = operation();
        try
        {
            await task;
        }
        finally
        {
            _inProgress.Remove(id);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The listener of queue {Queue} could not be notified of the end of job {Job}; the notification is retried.")]
    private partial void LogNotificationFailed(Exception exception, JobId job, string queue);
}
