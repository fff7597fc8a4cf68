using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// The ids and keys that a queue's jobs hold. Each activation has one instance and uses it only on the grain's scheduler.
/// </summary>
/// <remarks>
/// A claim is written with its job and is ended after the job's end is committed. A crash between the two is repaired when the queue
/// activates. Jobs without claims have no entry here and cost nothing.
/// </remarks>
internal sealed class JobClaims(IClaimStore store, IWriteBatcher batcher, TimeProvider time)
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(1);

    private readonly HashSet<JobId> _holders = [];
    private readonly Dictionary<string, Task> _adding = new(StringComparer.Ordinal);
    private readonly Throttle _sweeps = new(time, SweepPeriod);
    private string _queue = "";

    /// <summary>Sets the queue, and ends claims whose job has ended.</summary>
    public async Task OpenAsync(string queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        _holders.UnionWith(await store.ReconcileAsync(queue, time.NowMs(), cancellationToken));
    }

    /// <summary>Waits until no other call adds jobs with any of these claims. Later calls wait until the result is disposed.</summary>
    public async Task<IDisposable> LockAsync(IReadOnlyList<JobClaim> claims)
    {
        // A call takes all claims at once and holds none while it waits, so that calls cannot deadlock.
        while (claims.Select(claim => _adding.GetValueOrDefault(claim.Name)).FirstOrDefault(other => other is not null) is { } inProgress)
            await inProgress;

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var claim in claims)
            _adding[claim.Name] = ended.Task;
        return new Entry(this, claims, ended);
    }

    /// <summary>Reads the existing holders of the claims and the rows with the claimed ids.</summary>
    public async Task<DuplicateFinder> ReadAsync(IReadOnlyList<JobClaim> claims, long nowMs)
    {
        var holders = claims.Count == 0
            ? []
            : await store.HoldersAsync(_queue, [.. claims.Select(claim => claim.Name)], nowMs, CancellationToken.None);
        JobId[] ids = [.. claims.Where(claim => claim.Name == JobClaim.NameForId(claim.Job)).Select(claim => claim.Job)];
        return new DuplicateFinder(holders, ids.Length == 0 ? [] : await store.RowsAsync(_queue, ids, CancellationToken.None));
    }

    /// <summary>Deletes ended jobs with these ids, as part of the unit that inserts the new jobs and before the inserts.</summary>
    public IEnumerable<Statement> Replace(IEnumerable<JobId> ids) => store.Replace(_queue, ids);

    /// <summary>Writes the claims, as part of the unit that inserts the jobs.</summary>
    public IEnumerable<Statement> Claim(IReadOnlyList<JobClaim> claims, long nowMs) => store.Claim(_queue, claims, nowMs);

    /// <summary>Records that the jobs of the claims are committed.</summary>
    public void MarkHeld(IEnumerable<JobClaim> claims) => _holders.UnionWith(claims.Select(claim => claim.Job));

    /// <summary>Ends the claims of a job whose end is committed; completes when the claims are written.</summary>
    public Task EndedAsync(JobId id, JobState state, long endedAt) =>
        _holders.Remove(id) ? batcher.Enqueue(store.End(_queue, id, state, endedAt)).Completion : Task.CompletedTask;

    /// <summary>Restores the claims that no other job has taken since, as part of the unit that reopens an ended job.</summary>
    public IEnumerable<Statement> Reopen(JobId id, string? dedupKey)
    {
        _holders.Add(id);
        return store.Reopen(_queue, id, dedupKey, time.NowMs());
    }

    /// <summary>Deletes expired claims. It is called often and runs once a minute.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        _sweeps.TryEnter() ? store.SweepAsync(_queue, time.NowMs(), cancellationToken) : Task.CompletedTask;

    private sealed class Entry(JobClaims owner, IReadOnlyList<JobClaim> claims, TaskCompletionSource ended) : IDisposable
    {
        public void Dispose()
        {
            foreach (var claim in claims)
                owner._adding.Remove(claim.Name);
            ended.TrySetResult();
        }
    }
}
