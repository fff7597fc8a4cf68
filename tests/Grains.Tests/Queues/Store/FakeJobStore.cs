using System.Collections.Immutable;
using JubileeVerse.Paging;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>A job store in memory. Its units contain actions instead of SQL; <see cref="CommitAsync"/> runs them.</summary>
internal sealed class FakeJobStore : IJobStore
{
    private const string ActionName = "act";

    private readonly Dictionary<string, QueueHead> _queues = [];
    private readonly Dictionary<(string Queue, string Id), JobPack> _packs = [];
    private Dictionary<(string Queue, JobId Id), FakeJobRow> _rows = [];

    /// <summary>Applies the whole unit, or nothing of it when an action throws.</summary>
    public Task CommitAsync(WriteUnit unit)
    {
        var before = new Dictionary<(string Queue, JobId Id), FakeJobRow>(_rows);
        try
        {
            foreach (var statement in unit.Statements)
                ((Action)statement.Parameters.Single().Value!)();
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            _rows = before;
            return Task.FromException(exception);
        }
    }

    /// <summary>Inserts a job without a sort key, as a producer that inserts jobs in its own transaction does.</summary>
    public void InsertWithoutSortKey(Job job) => _rows.TryAdd((job.Queue, job.Id), FakeJobRow.Create(job, sortKey: null));

    public Task<QueueHead> RaiseEpochAsync(string queue, CancellationToken cancellationToken)
    {
        var head = HeadOf(queue);
        return Task.FromResult(_queues[queue] = head with { Epoch = head.Epoch + 1 });
    }

    public IAsyncEnumerable<StoredJob> LoadAsync(string queue, long endedSinceMs, CancellationToken cancellationToken) => RowsOf(queue)
        .Where(row => row.IsOpen)
        .OrderBy(row => row.Job.AcceptedAt)
        .Concat(RowsOf(queue).Where(row => row.Row.EndedAt > endedSinceMs))
        .Concat(RowsOf(queue).Where(row => row.Row.State == JobState.Failed && ParentOf(queue, row)?.Row.State == JobState.Blocked))
        .Select(row => row.Row)
        .ToAsyncEnumerable();

    public Task<ImmutableArray<StoredJob>> OpenSinceAsync(
        string queue, long sinceMs, bool hasSortKey, CancellationToken cancellationToken) => Task.FromResult(RowsOf(queue)
        .Where(row => row.IsOpen && (hasSortKey ? row.Job.AcceptedAt >= sinceMs : row.Row.SortKey is null))
        .OrderBy(row => row.Job.AcceptedAt)
        .Select(row => row.Row)
        .ToImmutableArray());

    public Task<ImmutableArray<UnacknowledgedEnd>> UnacknowledgedEndsAsync(
        string queue, JobId? after, int limit, CancellationToken cancellationToken) => Task.FromResult(RowsOf(queue)
        .Where(row => !row.Row.Acknowledged && !row.IsOpen && string.CompareOrdinal(row.Job.Id.Value, after?.Value ?? "") > 0)
        .OrderBy(row => row.Job.Id.Value, StringComparer.Ordinal)
        .Take(limit)
        .Select(row => UnacknowledgedEnd.From(row.Row))
        .ToImmutableArray());

    public Task<ImmutableArray<Job>> JobsAsync(
        string queue, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken) => Task.FromResult(ids
        .Select(id => Find(queue, id))
        .OfType<FakeJobRow>()
        .Select(row => row.Job)
        .ToImmutableArray());

    public WriteUnit Insert(string queue, IReadOnlyCollection<(Job Job, long SortKey)> jobs) => Unit(() =>
    {
        foreach (var (job, sortKey) in jobs)
            _rows.TryAdd((queue, job.Id), FakeJobRow.Create(job, sortKey));
    });

    public WriteUnit Change(
        string queue, long epoch, IReadOnlyCollection<JobChange> changes, IReadOnlyList<(Job Job, JobChange Change)> packed) => Unit(() =>
    {
        foreach (var (job, change) in packed)
            _rows.Add((queue, job.Id), FakeJobRow.Create(job, change.SortKey));
        foreach (var change in changes.Concat(packed.Select(entry => entry.Change)))
            Apply(queue, epoch, change);
    });

    public WriteUnit Pack(string queue, long epoch, JobPack pack) => Unit(() =>
    {
        Fence(queue, epoch);
        _packs.Add((queue, pack.Id), pack);
    });

    public Statement RemovePack(string queue, string id) => new(ActionName, (ActionName, (Action)(() => _packs.Remove((queue, id)))));

    public Task<JobPack?> OldestPackAsync(string queue, CancellationToken cancellationToken) =>
        Task.FromResult(_packs
            .Where(pack => pack.Key.Queue == queue)
            .OrderBy(pack => pack.Key.Id, StringComparer.Ordinal)
            .Select(pack => pack.Value)
            .FirstOrDefault());

    public Task<StoredJob?> FindStoredAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        Task.FromResult(Find(queue, id)?.Row);

    public WriteUnit Reopen(Job job, long epoch, in JobChange change, long nowMs)
    {
        var copy = change;
        return Unit(() =>
        {
            _rows.TryAdd((job.Queue, job.Id), FakeJobRow.Create(job, copy.SortKey));
            Apply(job.Queue, epoch, copy);
            var row = _rows[(job.Queue, job.Id)];
            if (row.Job.Deadline <= nowMs)
                _rows[(job.Queue, job.Id)] = row with { Row = row.Row with { Job = row.Job with { Deadline = null } } };
        });
    }

    public WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen = false) => Unit(() =>
    {
        Fence(queue, epoch);
        foreach (var id in ids.Where(id => Find(queue, id) is { Row.Acknowledged: true } row && row.IsOpen == isOpen))
            _rows.Remove((queue, id));
    });

    public Task<ImmutableArray<JobId>> EndedAsync(
        string queue, JobState state, long untilMs, int limit, CancellationToken cancellationToken) => Task.FromResult(Ids(
        Ended(queue, state).Where(row => row.Row.EndedAt <= untilMs && row.Row.Acknowledged).OrderBy(row => row.Row.EndedAt),
        limit));

    public Task MarkUnacknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        if (Find(queue, id) is { IsOpen: false } row)
            _rows[(queue, id)] = row with { Row = row.Row with { Acknowledged = false } };
        return Task.CompletedTask;
    }

    public Task MarkAcknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        if (Find(queue, id) is { } row)
            _rows[(queue, id)] = row with { Row = row.Row with { Acknowledged = true } };
        return Task.CompletedTask;
    }

    public Task SetPausedAsync(string queue, long epoch, bool paused, CancellationToken cancellationToken) => CommitAsync(Unit(() =>
    {
        Fence(queue, epoch);
        _queues[queue] = HeadOf(queue) with { Paused = paused };
    }));

    public Task SetLimitsAsync(string queue, long epoch, LimitsChange change, CancellationToken cancellationToken) => CommitAsync(Unit(() =>
    {
        Fence(queue, epoch);
        _queues[queue] = HeadOf(queue) with { Controls = HeadOf(queue).Controls.With(change) };
    }));

    public Task<EndedCounts> CountEndedAsync(string queue, CancellationToken cancellationToken) => Task.FromResult(new EndedCounts(
        Ended(queue, JobState.Completed).Count(), Ended(queue, JobState.Failed).Count(), Ended(queue, JobState.Cancelled).Count()));

    public Task<ImmutableArray<int>> OwnCountsAsync(
        string queue, JobState state, int above, CancellationToken cancellationToken) => Task.FromResult(Ended(queue, state)
        .Select(row => row.Rule?.Count)
        .OfType<int>()
        .Where(count => count > above)
        .Distinct()
        .Order()
        .Take(100)
        .ToImmutableArray());

    public Task<ImmutableArray<JobId>> OverAgeAsync(
        string queue, JobState state, long nowMs, int limit, CancellationToken cancellationToken) => Task.FromResult(Ids(
        Ended(queue, state)
            .Where(row => row.Rule is { } rule && row.Row.EndedAt < nowMs - (long)rule.Age.TotalMilliseconds && CanDelete(queue, row)),
        limit));

    public Task<RetentionBound> BoundAsync(string queue, RetentionRule rule, long nowMs, CancellationToken cancellationToken)
    {
        var byAge = new RetentionBound(rule.MaxAge is { } age ? nowMs - (long)age.TotalMilliseconds : long.MinValue, "");
        var edge = Ended(queue, rule.State)
            .OrderByDescending(row => row.Row.EndedAt)
            .ThenByDescending(row => row.Job.Id.Value, StringComparer.Ordinal)
            .ElementAtOrDefault(rule.MaxCount);
        return Task.FromResult(edge?.Row.EndedAt >= byAge.EndedAt ? new RetentionBound(edge.Row.EndedAt!.Value, edge.Job.Id.Value) : byAge);
    }

    public Task<ImmutableArray<JobId>> SurplusAsync(
        string queue, RetentionRule rule, RetentionBound bound, int limit, CancellationToken cancellationToken) => Task.FromResult(Ids(
        Ended(queue, rule.State)
            .Where(row => (row.Row.EndedAt, string.CompareOrdinal(row.Job.Id.Value, bound.Id)).CompareTo((bound.EndedAt, 0)) <= 0)
            .Where(row => row.Rule?.Count == (rule.IsOwn ? rule.MaxCount : null) && CanDelete(queue, row))
            .OrderBy(row => row.Row.EndedAt),
        limit));

    public Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        var sign = query.OldestFirst ? 1 : -1;
        var after = page.After is null && query.OldestFirst ? (At: long.MinValue, Id: "") : Cursor.Parse(page.After);
        var rows = RowsOf(queue)
            .Where(row => (query.State ?? row.Row.State) == row.Row.State && (query.UserId ?? row.Job.UserId) == row.Job.UserId)
            .Where(row => sign * Compare((row.Job.AcceptedAt, row.Job.Id.Value), after) > 0)
            .Order(Comparer<FakeJobRow>.Create((left, right) =>
                sign * Compare((left.Job.AcceptedAt, left.Job.Id.Value), (right.Job.AcceptedAt, right.Job.Id.Value))))
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(KeysetPage.Create(
            rows, page.Limit, row => row.ToView(), row => Cursor.Encode(row.Job.AcceptedAt, row.Job.Id.Value)));
    }

    public Task<ImmutableArray<JobView>> ChildrenAsync(
        string queue, JobId parent, CancellationToken cancellationToken) => Task.FromResult(RowsOf(queue)
        .Where(row => row.Job.ParentId == parent)
        .OrderBy(row => row.Job.OrderNumber)
        .Select(row => row.ToView())
        .ToImmutableArray());

    public Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        Task.FromResult(Find(queue, id)?.ToView());

    private static int Compare((long At, string Id) left, (long At, string Id) right) =>
        left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Id, right.Id);

    private static WriteUnit Unit(Action action) => new(new Statement(ActionName, (ActionName, action)));

    private static ImmutableArray<JobId> Ids(IEnumerable<FakeJobRow> rows, int limit) => [.. rows.Take(limit).Select(row => row.Job.Id)];

    private QueueHead HeadOf(string queue) =>
        _queues.GetValueOrDefault(queue) ?? new QueueHead(0, Paused: false, new QueueControls(null, null, null));

    private void Fence(string queue, long epoch)
    {
        if (HeadOf(queue).Epoch != epoch)
            throw new StaleWriterException($"The epoch of {queue} is {HeadOf(queue).Epoch}, not {epoch}.");
    }

    private void Apply(string queue, long epoch, JobChange change)
    {
        if (Find(queue, change.Id) is not { } row || (change.Event is null && !row.IsOpen))
            return;
        Fence(queue, epoch);
        _rows[(queue, change.Id)] = row.With(change);
    }

    private FakeJobRow? Find(string queue, JobId id) => _rows.GetValueOrDefault((queue, id));

    private FakeJobRow? ParentOf(string queue, FakeJobRow row) => row.Job.ParentId is { } parent ? Find(queue, parent) : null;

    private bool CanDelete(string queue, FakeJobRow row) => row.Row.Acknowledged && ParentOf(queue, row) is not { IsOpen: true };

    private IEnumerable<FakeJobRow> RowsOf(string queue) => _rows.Where(row => row.Key.Queue == queue).Select(row => row.Value);

    private IEnumerable<FakeJobRow> Ended(string queue, JobState state) =>
        RowsOf(queue).Where(row => !row.IsOpen && row.Row.State == state);
}
