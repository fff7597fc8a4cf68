using JubileeVerse.Queues.State;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// Writes what a queue's state says. One an activation; used in its turns only.
/// </summary>
/// <remarks>
/// A change is the whole row, so a newer one of the same job makes an older one that still waits needless. An instant job thus costs
/// one write and not three, and a job that kills its process has its start written all the same. New jobs and changes go in lanes of
/// their own: a job is changed only after its insert was committed, so neither has to wait for the other.
/// </remarks>
internal sealed partial class JobChanges
{
    private readonly IJobStore _store;
    private readonly IWriteBatcher _batcher;
    private readonly ILogger<JobChanges> _logger;
    private readonly WriteLane<ChangeRound, JobChange> _changes;
    private readonly Dictionary<JobId, JobChange> _starts = [];
    private readonly WriteLane<InsertRound, IReadOnlyCollection<(Job Job, long Place)>> _inserts;
    private string _queue = "";
    private long _epoch;
    private Action _onStale = () => { };

    public JobChanges(IJobStore store, IWriteBatcher batcher, ILogger<JobChanges> logger)
    {
        _store = store;
        _batcher = batcher;
        _logger = logger;
        _changes = new(1, round => CommitAsync(() => _store.Change(_queue, _epoch, round.Changes), round.Changes.Count), WriteStarts);
        _inserts = new(2, round => CommitAsync(() => Fenced(_store.Insert(_queue, round.Jobs).Statements), round.Jobs.Count));
    }

    public void Open(string queue, long epoch, Action onStale)
    {
        _queue = queue;
        _epoch = epoch;
        _onStale = onStale;
    }

    /// <summary>Completes after the commit. A failure has been dealt with when it is thrown: the activation goes.</summary>
    public Task Write(JobChange change)
    {
        if (_starts.Remove(change.Id, out var start))
            _changes.Add(start).Ignore();
        return _changes.Add(change);
    }

    /// <summary>
    /// Writes a start, which nobody waits for. At once where nothing else is written; else not with the next unit but with the one after
    /// it, as the end of a short run comes before that and says all.
    /// </summary>
    public void WriteStart(JobChange change)
    {
        _starts[change.Id] = change;
        if (_changes.IsEmpty)
            WriteStarts();
    }

    /// <summary>
    /// Completes after the commit, all or none. Any failure retires the activation: the rows may be there all the same.
    /// </summary>
    public Task InsertAsync(IReadOnlyCollection<(Job Job, long Place)> jobs) => _inserts.Add(jobs);

    /// <summary>As the other, in one unit with statements of whoever adds the jobs; of no jobs, it is those alone.</summary>
    /// <param name="jobs">With their places.</param>
    /// <param name="before">Of the same unit.</param>
    /// <param name="after">Of the same unit.</param>
    public Task InsertAsync(
        IReadOnlyCollection<(Job Job, long Place)> jobs, IEnumerable<Statement> before, IEnumerable<Statement> after) => CommitAsync(
        () => Fenced([.. before, .. jobs.Count == 0 ? [] : _store.Insert(_queue, jobs).Statements, .. after]), jobs.Count);

    /// <summary>Completes when nothing is left to write.</summary>
    public Task FlushAsync()
    {
        WriteStarts();
        return Task.WhenAll(_inserts.Written, _changes.Written);
    }

    /// <summary>A failed job lives again. In memory it does already, so any failure retires the activation.</summary>
    public Task ReopenAsync(Job job, JobChange change, long nowMs) => CommitAsync(() => _store.Reopen(job, _epoch, change, nowMs), 1);

    /// <summary>Deletes rows of jobs that are not open in memory any more.</summary>
    public Task DeleteAsync(IReadOnlyList<JobId> ids) =>
        RetireIfStaleAsync(() => _batcher.CommitAsync(_store.Delete(_queue, _epoch, ids), CancellationToken.None));

    public Task SetPausedAsync(bool paused) => RetireIfStaleAsync(() => _store.SetPausedAsync(_queue, _epoch, paused, CancellationToken.None));

    public Task SetLimitsAsync(LimitsChange change) => RetireIfStaleAsync(() => _store.SetLimitsAsync(_queue, _epoch, change, CancellationToken.None));

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

    private async Task CommitAsync(Func<WriteUnit> unit, int jobs)
    {
        try
        {
            await _batcher.CommitAsync(unit(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception, jobs, _queue);
            _onStale();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Jobs} jobs of queue {Queue} could not be written.")]
    private partial void LogWriteFailed(Exception exception, int jobs, string queue);
}
