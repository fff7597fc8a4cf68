using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Store.Writing;

/// <summary>
/// Writes the changes of a queue's state. Each activation has one instance and uses it only on the grain's scheduler.
/// </summary>
/// <remarks>
/// A change is a complete row, so a newer change of a job supersedes an older one that is not written yet. A short job thus costs
/// one write instead of three, and the start of a job that crashes its process is still written. New jobs and changes use separate lanes:
/// a job changes only after its insert is committed, so neither lane has to wait for the other.
/// <para>
/// Many new jobs that arrive together are stored as one row, a pack, because only that must be durable before they are accepted.
/// A packed job gets its own row with its first change, which for a short job is its end, or after <see cref="PackedFor"/>. Code that reads
/// or deletes rows must unpack the packed jobs first.
/// </para>
/// </remarks>
internal sealed partial class JobChanges
{
    /// <summary>How long a job without a change stays packed.</summary>
    public static readonly TimeSpan PackedFor = TimeSpan.FromSeconds(2);

    /// <summary>How long the write of a start waits for the end of the run when no other change is written.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromMilliseconds(10);

    // The packs that one unit deletes, because a unit should have few statements.
    private const int MaxEmptied = 100;

    private readonly IJobStore _store;
    private readonly IWriteBatcher _batcher;
    private readonly TimeProvider _time;
    private readonly ILogger<JobChanges> _logger;
    private readonly WriteLane<ChangeBatch, JobChange> _changes;
    private readonly Dictionary<JobId, JobChange> _starts = [];
    private readonly WriteLane<InsertBatch, IReadOnlyCollection<(Job Job, long SortKey)>> _inserts;
    private readonly JobPacks _packs = new();
    private Task _firstRows = Task.CompletedTask;
    private Task _unpacking = Task.CompletedTask;
    private Task _startsDue = Task.CompletedTask;
    private string _queue = "";
    private long _epoch;
    private Action _onStale = () => { };
    private Exception? _failure;

    public JobChanges(IJobStore store, IWriteBatcher batcher, TimeProvider time, ILogger<JobChanges> logger)
    {
        _store = store;
        _batcher = batcher;
        _time = time;
        _logger = logger;
        _changes = new(1, batch => WriteChangesAsync(batch.Changes), WriteStarts);
        _inserts = new(2, batch => InsertBatchAsync(batch.Jobs));
    }

    /// <summary>Sets the queue and epoch, and inserts the rows of the jobs that a former activation left packed.</summary>
    public async Task OpenAsync(string queue, long epoch, Action onStale, CancellationToken cancellationToken)
    {
        _queue = queue;
        _epoch = epoch;
        _onStale = onStale;
        while (await _store.OldestPackAsync(queue, cancellationToken) is { } pack)
        {
            await CommitAsync(
                () => Fenced([.. _store.Insert(_queue, pack.Jobs).Statements, _store.RemovePack(_queue, pack.Id)]), pack.Jobs.Count);
        }
    }

    /// <summary>Writes a change; completes after the commit. When it throws, the failure is logged and the activation is retired.</summary>
    public Task Write(JobChange change)
    {
        if (_starts.Remove(change.Id, out var start))
            _changes.Add(start).Ignore();
        return _changes.Add(change);
    }

    /// <summary>
    /// Writes a start. Start rows are deferred by one batch, or by <see cref="StartDelay"/> when no other change is written, because a
    /// short job's end comes before that and its row already contains the start.
    /// </summary>
    public void WriteStart(JobChange change)
    {
        _starts[change.Id] = change;
        if (_changes.IsEmpty && _startsDue.IsCompleted)
            _startsDue = WriteStartsSoonAsync();
    }

    /// <summary>
    /// Inserts new jobs, all or none; completes after the commit. Any failure retires the activation, because the rows may still be
    /// committed.
    /// </summary>
    public Task InsertAsync(IReadOnlyCollection<(Job Job, long SortKey)> jobs) => _inserts.Add(jobs);

    /// <summary>Inserts new jobs in one unit with the caller's statements. Without jobs it commits only those statements.</summary>
    /// <param name="jobs">The jobs with their sort keys.</param>
    /// <param name="before">Statements before the inserts.</param>
    /// <param name="after">Statements after the inserts.</param>
    public Task InsertAsync(
        IReadOnlyCollection<(Job Job, long SortKey)> jobs, IEnumerable<Statement> before, IEnumerable<Statement> after) => CommitAsync(
        () => Fenced([.. before, .. jobs.Count == 0 ? [] : _store.Insert(_queue, jobs).Statements, .. after]), jobs.Count);

    /// <summary>Completes when nothing is left to write.</summary>
    public Task FlushAsync()
    {
        WriteStarts();
        return Task.WhenAll(_inserts.Drained, _changes.Drained);
    }

    /// <summary>Reopens a failed job. It is already open in memory, so any failure retires the activation.</summary>
    public Task ReopenAsync(Job job, JobChange change, long nowMs, IEnumerable<Statement> with) =>
        CommitAsync(() => new([.. _store.Reopen(job, _epoch, change, nowMs).Statements, .. with]), 1);

    /// <summary>
    /// Deletes the rows of jobs that are no longer open in memory: the ended rows, or with <paramref name="isOpen"/> the rows whose end
    /// will not be written.
    /// </summary>
    public async Task DeleteAsync(IReadOnlyList<JobId> ids, bool isOpen = false)
    {
        // A pack that still contains the jobs would restore them.
        await UnpackAsync();
        await RetireIfStaleAsync(() => _batcher.CommitAsync(_store.Delete(_queue, _epoch, ids, isOpen), CancellationToken.None));
    }

    public Task SetPausedAsync(bool paused) =>
        RetireIfStaleAsync(() => _store.SetPausedAsync(_queue, _epoch, paused, CancellationToken.None));

    public Task SetLimitsAsync(LimitsChange change) =>
        RetireIfStaleAsync(() => _store.SetLimitsAsync(_queue, _epoch, change, CancellationToken.None));

    /// <summary>Gets a packed job, which has no row to read it from; false when the job is not packed.</summary>
    public bool TryGetPacked(JobId id, [NotNullWhen(true)] out Job? job) => _packs.TryGet(id, out job);

    /// <summary>Completes when a running job has a row.</summary>
    public Task WriteRowAsync(JobId id)
    {
        if (!_packs.TryGet(id, out _))
            return Task.CompletedTask;
        return _starts.Remove(id, out var start) ? _changes.Add(start) : UnpackAsync();
    }

    /// <summary>Completes when each job that was accepted before the call has a row and no pack contains it.</summary>
    public Task UnpackAsync() => UnpackAsync(_time.NowMs());

    /// <summary>As <see cref="UnpackAsync()"/>, for the jobs that were packed longer ago than <see cref="PackedFor"/>.</summary>
    public Task UnpackOldAsync() => UnpackAsync(_time.NowMs() - (long)PackedFor.TotalMilliseconds);

    private Task UnpackAsync(long untilMs) => _packs.Any(untilMs) || !_unpacking.IsCompleted
        ? _unpacking = UnpackAfterAsync(_unpacking, untilMs)
        : Task.CompletedTask;

    /// <summary>
    /// Unpacks after the previous call has finished, because jobs that it has taken must have rows before this call completes.
    /// </summary>
    private async Task UnpackAfterAsync(Task before, long untilMs)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        while (_packs.Any(untilMs))
        {
            await _firstRows;
            if (_failure is not null)
                throw new StoreUnavailableException(
                    $"Queue {_queue} could not write its packed jobs; its next activation will write them.", _failure);
            var emptied = _packs.TakeEmptied(MaxEmptied);
            var rows = _packs.TakeOldest(InsertBatch.MaxRows, untilMs);
            if (emptied.Count + rows.Count == 0)
                continue; // The remaining rows are being written with their changes.

            Statement[] inserts = rows.Count == 0
                ? []
                : [.. _store.Insert(_queue, [.. rows.Select(row => (row.Job, row.SortKey))]).Statements];
            await CommitAsync(() => Fenced([.. inserts, .. emptied.Select(id => _store.RemovePack(_queue, id))]), rows.Count);
            _packs.MarkStored(rows);
        }
    }

    private async Task InsertBatchAsync(IReadOnlyCollection<(Job Job, long SortKey)> jobs)
    {
        if (!_packs.ShouldPack(jobs))
        {
            await CommitAsync(() => Fenced(_store.Insert(_queue, jobs).Statements), jobs.Count);
            return;
        }

        var pack = JobPack.Create(jobs);
        await CommitAsync(() => _store.Pack(_queue, _epoch, pack), jobs.Count);
        _packs.Add(pack, _time.NowMs());
    }

    private async Task WriteChangesAsync(IReadOnlyCollection<JobChange> batch)
    {
        var changes = new List<JobChange>(batch.Count);
        var packed = new List<JobPacks.PackedRow>();
        var firstChanges = new List<(Job, JobChange)>();
        foreach (var change in batch)
        {
            if (_packs.TryTake(change.Id, out var row))
            {
                packed.Add(row);
                firstChanges.Add((row.Job, change));
            }
            else
            {
                changes.Add(change);
            }
        }

        var committed = CommitAsync(() => _store.Change(_queue, _epoch, changes, firstChanges), batch.Count);
        if (packed.Count == 0)
        {
            await committed;
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _firstRows = done.Task;
        try
        {
            await committed;
            _packs.MarkStored(packed);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task WriteStartsSoonAsync()
    {
        await Task.Delay(StartDelay, _time);
        WriteStarts();
    }

    private void WriteStarts()
    {
        foreach (var start in _starts.Values)
            _changes.Add(start).Ignore();
        _starts.Clear();
    }

    private WriteUnit Fenced(IEnumerable<Statement> statements) => new([JobStatements.Fence(_queue, _epoch), .. statements]);

    private async Task RetireIfStaleAsync(Func<Task> write)
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

    private async Task CommitAsync(Func<WriteUnit> unit, int jobCount)
    {
        try
        {
            await _batcher.CommitAsync(unit(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception, jobCount, _queue);
            _failure = exception;
            _onStale();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing {JobCount} jobs of queue {Queue} failed; the queue's activation is retired.")]
    private partial void LogWriteFailed(Exception exception, int jobCount, string queue);
}
