using System.Diagnostics.CodeAnalysis;
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
/// <para>Of new jobs that come in numbers many are stored as one row, a pack: that is all that has to be durable before they are accepted.
/// A packed job gets its own row with its first change, which for a short job is its end, or after <see cref="PackedFor"/>. Whoever reads or
/// deletes rows has what is packed unpacked first.</para>
/// </remarks>
internal sealed partial class JobChanges
{
    /// <summary>How long a job that nothing happens to stays packed.</summary>
    public static readonly TimeSpan PackedFor = TimeSpan.FromSeconds(2);

    /// <summary>A start that nothing else is written with waits so long for the end of its run.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromMilliseconds(10);

    // Of a unit, which has few statements.
    private const int MaxEmptied = 100;

    private readonly IJobStore _store;
    private readonly IWriteBatcher _batcher;
    private readonly TimeProvider _time;
    private readonly ILogger<JobChanges> _logger;
    private readonly WriteLane<ChangeRound, JobChange> _changes;
    private readonly Dictionary<JobId, JobChange> _starts = [];
    private readonly WriteLane<InsertRound, IReadOnlyCollection<(Job Job, long Place)>> _inserts;
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
        _changes = new(1, round => ChangeAsync(round.Changes), WriteStarts);
        _inserts = new(2, round => InsertRoundAsync(round.Jobs));
    }

    /// <summary>Also gives each job a row that a former activation left packed.</summary>
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

    /// <summary>Completes after the commit. A failure has been dealt with when it is thrown: the activation goes.</summary>
    public Task Write(JobChange change)
    {
        if (_starts.Remove(change.Id, out var start))
            _changes.Add(start).Ignore();
        return _changes.Add(change);
    }

    /// <summary>
    /// Writes a start. With what else is written, but not with the next unit but with the one after it, as the end of a short run comes before
    /// that and says all; where nothing is, a moment later, for the same reason.
    /// </summary>
    public void WriteStart(JobChange change)
    {
        _starts[change.Id] = change;
        if (_changes.IsEmpty && _startsDue.IsCompleted)
            _startsDue = WriteStartsSoonAsync();
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
    public Task ReopenAsync(Job job, JobChange change, long nowMs, IEnumerable<Statement> with) =>
        CommitAsync(() => new([.. _store.Reopen(job, _epoch, change, nowMs).Statements, .. with]), 1);

    /// <summary>Deletes rows of jobs that are not open in memory any more. Those whose end is not written stay, unless it will not be.</summary>
    public async Task DeleteAsync(IReadOnlyList<JobId> ids, bool isOpen = false)
    {
        // A pack that still has them would bring them back.
        await UnpackAsync();
        await RetireIfStaleAsync(() => _batcher.CommitAsync(_store.Delete(_queue, _epoch, ids, isOpen), CancellationToken.None));
    }

    public Task SetPausedAsync(bool paused) => RetireIfStaleAsync(() => _store.SetPausedAsync(_queue, _epoch, paused, CancellationToken.None));

    public Task SetLimitsAsync(LimitsChange change) => RetireIfStaleAsync(() => _store.SetLimitsAsync(_queue, _epoch, change, CancellationToken.None));

    /// <summary>The job, where it is packed: there is no row to read it from.</summary>
    public bool TryGetPacked(JobId id, [NotNullWhen(true)] out Job? job) => _packs.TryGet(id, out job);

    /// <summary>Completes when a job that runs has a row.</summary>
    public Task WriteRowAsync(JobId id)
    {
        if (!_packs.TryGet(id, out _))
            return Task.CompletedTask;
        return _starts.Remove(id, out var start) ? _changes.Add(start) : UnpackAsync();
    }

    /// <summary>Completes when each job that was accepted until now has a row, and no pack holds any of them.</summary>
    public Task UnpackAsync() => UnpackAsync(_time.NowMs());

    /// <summary>As <see cref="UnpackAsync()"/> for what has been packed long enough.</summary>
    public Task UnpackOldAsync() => UnpackAsync(_time.NowMs() - (long)PackedFor.TotalMilliseconds);

    private Task UnpackAsync(long untilMs) => _packs.Any(untilMs) || !_unpacking.IsCompleted
        ? _unpacking = UnpackAfterAsync(_unpacking, untilMs)
        : Task.CompletedTask;

    /// <summary>One after the other: what one has taken the next has to wait for.</summary>
    private async Task UnpackAfterAsync(Task before, long untilMs)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        while (_packs.Any(untilMs))
        {
            await _firstRows;
            if (_failure is not null)
                throw new StoreUnavailableException($"Queue {_queue} could not write what it has packed; its next activation does.", _failure);
            var emptied = _packs.TakeEmptied(MaxEmptied);
            var rows = _packs.TakeOldest(InsertRound.MaxRows, untilMs);
            if (emptied.Count + rows.Count == 0)
                continue; // Changes are writing what is left.

            Statement[] inserts = rows.Count == 0 ? [] : [.. _store.Insert(_queue, [.. rows.Select(row => (row.Job, row.Place))]).Statements];
            await CommitAsync(() => Fenced([.. inserts, .. emptied.Select(id => _store.RemovePack(_queue, id))]), rows.Count);
            _packs.Stored(rows);
        }
    }

    private async Task InsertRoundAsync(IReadOnlyCollection<(Job Job, long Place)> jobs)
    {
        if (!_packs.Takes(jobs))
        {
            await CommitAsync(() => Fenced(_store.Insert(_queue, jobs).Statements), jobs.Count);
            return;
        }

        var pack = JobPack.Of(jobs);
        await CommitAsync(() => _store.Pack(_queue, _epoch, pack), jobs.Count);
        _packs.Add(pack, _time.NowMs());
    }

    private async Task ChangeAsync(IReadOnlyCollection<JobChange> round)
    {
        var changes = new List<JobChange>(round.Count);
        var packed = new List<JobPacks.PackedRow>();
        var firsts = new List<(Job, JobChange)>();
        foreach (var change in round)
        {
            if (_packs.TryTake(change.Id, out var row))
            {
                packed.Add(row);
                firsts.Add((row.Job, change));
            }
            else
            {
                changes.Add(change);
            }
        }

        var committed = CommitAsync(() => _store.Change(_queue, _epoch, changes, firsts), round.Count);
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
            _packs.Stored(packed);
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

    private async Task CommitAsync(Func<WriteUnit> unit, int jobs)
    {
        try
        {
            await _batcher.CommitAsync(unit(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception, jobs, _queue);
            _failure = exception;
            _onStale();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Jobs} jobs of queue {Queue} could not be written.")]
    private partial void LogWriteFailed(Exception exception, int jobs, string queue);
}
