using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// The ids and keys that a queue's jobs hold. One an activation; used in its turns only.
/// </summary>
/// <remarks>
/// A claim is written with its job, and learns of the job's end after that is committed; a crash between the two is mended when the queue
/// activates. Jobs that claim nothing are not known here and cost nothing.
/// </remarks>
internal sealed class JobClaims(IClaimStore store, IWriteBatcher batcher, TimeProvider time)
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(1);

    private readonly HashSet<JobId> _holders = [];
    private readonly Dictionary<string, Task> _adding = new(StringComparer.Ordinal);
    private readonly Period _sweeps = new(time, SweepPeriod);
    private string _queue = "";

    public async Task OpenAsync(string queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        _holders.UnionWith(await store.SettleAsync(queue, time.NowMs(), cancellationToken));
    }

    /// <summary>Waits until no other call adds jobs with any of these claims; until it is disposed, later ones wait for this one.</summary>
    public async Task<IDisposable> EnterAsync(IReadOnlyList<JobClaim> claims)
    {
        // All at once and none before: whoever waits holds nothing that another could wait for.
        while (claims.Select(claim => _adding.GetValueOrDefault(claim.Name)).FirstOrDefault(other => other is not null) is { } under)
            await under;

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var claim in claims)
            _adding[claim.Name] = ended.Task;
        return new Entry(this, claims, ended);
    }

    /// <summary>What is there already of the jobs that claim these.</summary>
    public async Task<Duplicates> ReadAsync(IReadOnlyList<JobClaim> claims, long nowMs)
    {
        var holders = claims.Count == 0 ? [] : await store.HoldersAsync(_queue, [.. claims.Select(claim => claim.Name)], nowMs, CancellationToken.None);
        JobId[] ids = [.. claims.Where(claim => claim.Name == JobClaim.OfId(claim.Job)).Select(claim => claim.Job)];
        return new Duplicates(holders, ids.Length == 0 ? [] : await store.RowsAsync(_queue, ids, CancellationToken.None));
    }

    /// <summary>Part of the unit that inserts jobs, before them: ended ones of these ids go.</summary>
    public IEnumerable<Statement> Replace(IEnumerable<JobId> ids) => store.Replace(_queue, ids);

    /// <summary>Part of the unit that inserts the jobs.</summary>
    public IEnumerable<Statement> Claim(IReadOnlyList<JobClaim> claims, long nowMs) => store.Claim(_queue, claims, nowMs);

    /// <summary>Their jobs are committed.</summary>
    public void Held(IEnumerable<JobClaim> claims) => _holders.UnionWith(claims.Select(claim => claim.Job));

    /// <summary>The job's end is committed. Completes when its claims say so too.</summary>
    public Task EndedAsync(JobId id, JobState state, long endedAt) =>
        _holders.Remove(id) ? batcher.Enqueue(store.End(_queue, id, state, endedAt)).Completion : Task.CompletedTask;

    /// <summary>Part of the unit that lets an ended job live again: it takes back what nobody else has claimed since.</summary>
    public IEnumerable<Statement> Reopen(JobId id, string? dedupKey)
    {
        _holders.Add(id);
        return store.Reopen(_queue, id, dedupKey, time.NowMs());
    }

    /// <summary>Called often; it looks once a minute.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        _sweeps.Passed() ? store.SweepAsync(_queue, time.NowMs(), cancellationToken) : Task.CompletedTask;

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
