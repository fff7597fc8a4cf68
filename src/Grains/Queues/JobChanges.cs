using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <summary>
/// Writes what a queue's state says. One an activation; used in its turns only.
/// </summary>
/// <remarks>
/// A change is the whole row, so a newer one of the same job makes an older one that still waits for its batch needless: it is dropped.
/// An instant job thus costs one write and not three, and a job that kills its process has its start written all the same.
/// </remarks>
internal sealed partial class JobChanges(IJobStore store, IWriteBatcher batcher, ILogger<JobChanges> logger)
{
    private readonly Dictionary<JobId, (PendingWrite Write, Task Observed)> _pending = [];
    private string _queue = "";
    private long _epoch;
    private Action _onStale = () => { };

    public void Open(string queue, long epoch, Action onStale)
    {
        _queue = queue;
        _epoch = epoch;
        _onStale = onStale;
    }

    /// <summary>Completes after the commit. A failure has been dealt with when it is thrown: the activation goes.</summary>
    public Task Write(JobChange change)
    {
        // A new place says nothing of a failure or a start that may wait before it.
        if (_pending.Remove(change.Id, out var older) && change.Event is not null)
            older.Write.TryDrop();

        var write = batcher.Enqueue(store.Change(_queue, _epoch, change));
        var observed = ObserveAsync(change.Id, write);
        if (!observed.IsCompleted)
            _pending[change.Id] = (write, observed);
        return observed;
    }

    /// <summary>
    /// Completes after the commit, all or none. Any failure retires the activation: the rows may be there all the same.
    /// </summary>
    /// <param name="jobs">With their places.</param>
    /// <param name="before">Of the same unit.</param>
    /// <param name="after">Of the same unit.</param>
    public async Task InsertAsync(
        IReadOnlyList<(Job Job, long Place)> jobs, IEnumerable<Statement> before, IEnumerable<Statement> after)
    {
        try
        {
            var unit = new WriteUnit([JobStatements.Fence(_queue, _epoch), .. before, .. jobs.Count == 0 ? [] : store.Insert(jobs).Statements, .. after]);
            await batcher.CommitAsync(unit, CancellationToken.None);
        }
        catch
        {
            _onStale();
            throw;
        }
    }

    /// <summary>A failed job lives again. In memory it does already, so any failure retires the activation.</summary>
    public async Task ReopenAsync(Job job, JobChange change, long nowMs)
    {
        try
        {
            await batcher.CommitAsync(store.Reopen(job, _epoch, change, nowMs), CancellationToken.None);
        }
        catch
        {
            _onStale();
            throw;
        }
    }

    /// <summary>Deletes rows of jobs that are not open in memory any more.</summary>
    public Task DeleteAsync(IReadOnlyList<JobId> ids) =>
        FencedAsync(() => batcher.CommitAsync(store.Delete(_queue, _epoch, ids), CancellationToken.None));

    public Task SetPausedAsync(bool paused) => FencedAsync(() => store.SetPausedAsync(_queue, _epoch, paused, CancellationToken.None));

    public Task SetLimitsAsync(QueueLimits limits) => FencedAsync(() => store.SetLimitsAsync(_queue, _epoch, limits, CancellationToken.None));

    private async Task FencedAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (StaleWriterException)
        {
            _onStale();
            throw;
        }
    }

    private async Task ObserveAsync(JobId id, PendingWrite write)
    {
        try
        {
            await write.Completion;
        }
        catch (OperationCanceledException)
        {
            // Dropped: a newer change of the same job says all that this one said, so who waits for this one waits for that.
            if (_pending.TryGetValue(id, out var newer))
                await newer.Observed;
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception, id, _queue);
            _onStale();
            throw;
        }
        finally
        {
            if (_pending.TryGetValue(id, out var entry) && entry.Write == write)
                _pending.Remove(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of queue {Queue} could not be written.")]
    private partial void LogWriteFailed(Exception exception, JobId job, string queue);
}
