using System.Collections.Immutable;
using JubileeVerse.Paging;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store;

/// <summary>The rows of queues and jobs. Only the queue's grain writes changes of its jobs.</summary>
internal interface IJobStore
{
    /// <summary>The largest number of jobs that one unit deletes.</summary>
    const int MaxDeletes = 1000;

    /// <summary>Makes the caller the queue's only writer: from now on every unit of an older epoch fails as stale.</summary>
    Task<QueueHead> RaiseEpochAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// Every open job, then the jobs that ended since <paramref name="endedSinceMs"/>, because their ids must not be taken for new ones,
    /// and then the failed children of blocked parents.
    /// </summary>
    IAsyncEnumerable<StoredJob> LoadAsync(string queue, long endedSinceMs, CancellationToken cancellationToken);

    /// <summary>The open jobs, oldest first, for the sweep for lost offers.</summary>
    /// <param name="sinceMs">Unix milliseconds.</param>
    /// <param name="hasSortKey">
    /// True: all jobs that were accepted since <paramref name="sinceMs"/>. False: the jobs of any age without a sort key, at most 10,000;
    /// the next sweep finds the others.
    /// </param>
    Task<ImmutableArray<StoredJob>> OpenSinceAsync(string queue, long sinceMs, bool hasSortKey, CancellationToken cancellationToken);

    /// <summary>A page of the ended jobs whose end is not acknowledged, in the order of their ids.</summary>
    /// <param name="after">The last id of the previous page; null for the first page.</param>
    /// <param name="limit">The size of the page.</param>
    Task<ImmutableArray<UnacknowledgedEnd>> UnacknowledgedEndsAsync(
        string queue, JobId? after, int limit, CancellationToken cancellationToken);

    /// <summary>The jobs with these ids, with their payloads.</summary>
    Task<ImmutableArray<Job>> JobsAsync(string queue, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken);

    /// <summary>Inserts new jobs in the order of acceptance, each with its sort key. A job whose id exists is not changed.</summary>
    WriteUnit Insert(string queue, IReadOnlyCollection<(Job Job, long SortKey)> jobs);

    /// <summary>
    /// Inserts new jobs in one row. The unit is fenced by the epoch, so that an activation that has raised the epoch finds every stored
    /// pack.
    /// </summary>
    WriteUnit Pack(string queue, long epoch, JobPack pack);

    /// <summary>Deletes a pack, as part of the unit that gives the pack's last jobs their rows, or of a later unit.</summary>
    Statement RemovePack(string queue, string id);

    /// <summary>The oldest stored pack; null when there is none.</summary>
    Task<JobPack?> OldestPackAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Writes changes of different jobs that have rows, fenced by the epoch.</summary>
    WriteUnit Change(string queue, long epoch, IReadOnlyCollection<JobChange> changes) => Change(queue, epoch, changes, []);

    /// <summary>Writes changes of different jobs, fenced by the epoch.</summary>
    /// <param name="changes">Changes of jobs that have a row.</param>
    /// <param name="packed">Changes of packed jobs, which have no row yet: each inserts one.</param>
    WriteUnit Change(string queue, long epoch, IReadOnlyCollection<JobChange> changes, IReadOnlyList<(Job Job, JobChange Change)> packed);

    /// <summary>A job's row with its payload; null when there is none.</summary>
    Task<StoredJob?> FindStoredAsync(string queue, JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// Reopens a failed job: writes the change, even if the row was deleted in the meantime, and removes a deadline that has passed.
    /// </summary>
    WriteUnit Reopen(Job job, long epoch, in JobChange change, long nowMs);

    /// <summary>Deletes jobs that their queue no longer holds, fenced by the epoch. Jobs whose end is not acknowledged stay.</summary>
    /// <param name="ids">1 to <see cref="MaxDeletes"/> ids.</param>
    /// <param name="isOpen">True deletes only jobs that are open in the table; false only jobs that have ended there.</param>
    WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen = false);

    /// <summary>Jobs that ended in a state at or before an instant and whose end is acknowledged, oldest end first.</summary>
    Task<ImmutableArray<JobId>> EndedAsync(string queue, JobState state, long untilMs, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the end of an ended job as unacknowledged, so that the owner is notified again if the caller's operation does not succeed.
    /// </summary>
    Task MarkUnacknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken);

    /// <summary>Marks the end of a job as acknowledged.</summary>
    Task MarkAcknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken);

    Task SetPausedAsync(string queue, long epoch, bool paused, CancellationToken cancellationToken);

    /// <summary>Sets the limits that the change contains; the others are not changed.</summary>
    Task SetLimitsAsync(string queue, long epoch, LimitsChange change, CancellationToken cancellationToken);

    Task<EndedCounts> CountEndedAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// The distinct counts of the retention rules that ended jobs of a state have of their own: those above <paramref name="above"/>,
    /// lowest first, at most 100.
    /// </summary>
    Task<ImmutableArray<int>> OwnCountsAsync(string queue, JobState state, int above, CancellationToken cancellationToken);

    /// <summary>Jobs of a state that ended longer ago than their own rule keeps them; otherwise as <see cref="SurplusAsync"/>.</summary>
    Task<ImmutableArray<JobId>> OverAgeAsync(string queue, JobState state, long nowMs, int limit, CancellationToken cancellationToken);

    /// <summary>The newest end that the rule does not keep.</summary>
    Task<RetentionBound> BoundAsync(string queue, RetentionRule rule, long nowMs, CancellationToken cancellationToken);

    /// <summary>
    /// Jobs of the rule that ended at or before the bound and whose end is acknowledged. Children of open parents are not included.
    /// </summary>
    Task<ImmutableArray<JobId>> SurplusAsync(
        string queue, RetentionRule rule, RetentionBound bound, int limit, CancellationToken cancellationToken);

    Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The children of a job, in the order in which they were added.</summary>
    Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken);

    Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken);
}
