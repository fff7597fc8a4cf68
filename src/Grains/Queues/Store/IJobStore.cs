using System.Collections.Immutable;
using JubileeVerse.Paging;
using JubileeVerse.Queues.State;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>The rows of queues and jobs. What changes a job is written by its queue's grain alone.</summary>
internal interface IJobStore
{
    /// <summary>Jobs that one unit deletes.</summary>
    const int MaxDeletes = 1000;

    /// <summary>Makes the caller the queue's only writer: every unit of an older epoch fails as stale from now on.</summary>
    Task<QueueHead> RaiseEpochAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// Every job that has not ended, then those that ended since then, as their ids must not be taken for new ones, and children that
    /// failed and whose parents are blocked.
    /// </summary>
    IAsyncEnumerable<StoredJob> LoadAsync(string queue, long endedSinceMs, CancellationToken cancellationToken);

    /// <summary>Jobs that have not ended, the oldest first: a look for lost offers.</summary>
    /// <param name="queue">Whose jobs.</param>
    /// <param name="sinceMs">Unix milliseconds.</param>
    /// <param name="placed">
    /// All that were accepted since then; else those that no queue has given a place, however old: ten thousand at most, the next look finds more.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ImmutableArray<StoredJob>> OpenSinceAsync(string queue, long sinceMs, bool placed, CancellationToken cancellationToken);

    /// <summary>Ended jobs whose end nobody has been told of, in the order of their ids.</summary>
    /// <param name="queue">Whose jobs.</param>
    /// <param name="after">Where the last page ended; null for the first.</param>
    /// <param name="limit">Of one page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ImmutableArray<UntoldEnd>> UntoldAsync(string queue, JobId? after, int limit, CancellationToken cancellationToken);

    /// <summary>The jobs themselves, with what they carry.</summary>
    Task<ImmutableArray<Job>> JobsAsync(string queue, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken);

    /// <summary>New jobs in the order of acceptance, each with its place; an id that is taken is left alone.</summary>
    WriteUnit Insert(string queue, IReadOnlyCollection<(Job Job, long Place)> jobs);

    /// <summary>New jobs in one row, fenced by the epoch so that an activation which has raised it finds each that was stored.</summary>
    WriteUnit Pack(string queue, long epoch, JobPack pack);

    /// <summary>Part of a unit that gives what is left of it rows, or of a later one.</summary>
    Statement RemovePack(string queue, string id);

    /// <summary>Of the packs that are stored the oldest; null when there is none.</summary>
    Task<JobPack?> OldestPackAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Changes of different jobs that have rows, fenced by the epoch.</summary>
    WriteUnit Change(string queue, long epoch, IReadOnlyCollection<JobChange> changes) => Change(queue, epoch, changes, []);

    /// <summary>Changes of different jobs, fenced by the epoch.</summary>
    /// <param name="queue">Whose jobs.</param>
    /// <param name="epoch">The caller's.</param>
    /// <param name="changes">Of jobs that have a row.</param>
    /// <param name="packed">Of jobs that have none yet: each makes one.</param>
    WriteUnit Change(string queue, long epoch, IReadOnlyCollection<JobChange> changes, IReadOnlyList<(Job Job, JobChange Change)> packed);

    /// <summary>A row with all that it carries; null when there is none.</summary>
    Task<JobRecord?> RecordAsync(string queue, JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// A failed job that lives again, written as the change says, also where its row has been deleted meanwhile. A deadline that has passed is taken away.
    /// </summary>
    WriteUnit Reopen(Job job, long epoch, in JobChange change, long nowMs);

    /// <summary>Deletes jobs, fenced by the epoch: their queue holds them no more. Those of whose end somebody is to be told stay.</summary>
    /// <param name="queue">Whose jobs.</param>
    /// <param name="epoch">The writer's.</param>
    /// <param name="ids">1 to <see cref="MaxDeletes"/>.</param>
    /// <param name="isOpen">Only those that have not ended in the table; else only those that have.</param>
    WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen = false);

    /// <summary>Jobs that ended in a state until then and of whose end all are told, oldest end first.</summary>
    Task<ImmutableArray<JobId>> EndedAsync(string queue, JobState state, long untilMs, int limit, CancellationToken cancellationToken);

    /// <summary>An ended job whose end shall be told once more, should what is under way now come to nothing.</summary>
    Task SetUntoldAsync(string queue, JobId id, CancellationToken cancellationToken);

    Task SetToldAsync(string queue, JobId id, CancellationToken cancellationToken);

    Task SetPausedAsync(string queue, long epoch, bool paused, CancellationToken cancellationToken);

    /// <summary>What the change does not name stays as it is.</summary>
    Task SetLimitsAsync(string queue, long epoch, LimitsChange change, CancellationToken cancellationToken);

    Task<EndedCounts> CountEndedAsync(string queue, CancellationToken cancellationToken);

    /// <summary>The counts of the rules that ended jobs of a state brought with them: those above this one, the lowest first, a hundred at most.</summary>
    Task<ImmutableArray<int>> OwnCountsAsync(string queue, JobState state, int above, CancellationToken cancellationToken);

    /// <summary>Jobs that ended in a state longer ago than their own rule says. Else as <see cref="SurplusAsync"/>.</summary>
    Task<ImmutableArray<JobId>> OverAgeAsync(string queue, JobState state, long nowMs, int limit, CancellationToken cancellationToken);

    /// <summary>The youngest end beyond what the rule keeps.</summary>
    Task<RetentionBound> BoundAsync(string queue, RetentionRule rule, long nowMs, CancellationToken cancellationToken);

    /// <summary>Jobs that the rule is for, that ended at the bound or before, and of whose end all are told. Children wait for their parent's end.</summary>
    Task<ImmutableArray<JobId>> SurplusAsync(string queue, RetentionRule rule, RetentionBound bound, int limit, CancellationToken cancellationToken);

    Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>In the order in which they were added.</summary>
    Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken);

    Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken);
}

/// <summary>A job's row, and the job.</summary>
internal sealed record JobRecord(StoredJob Row, Job Job, bool Told, string? Failure);

/// <summary>A queue's own row.</summary>
internal sealed record QueueHead(long Epoch, bool Paused, QueueControls Controls);

/// <summary>An end to be told.</summary>
internal sealed record UntoldEnd(JobId Id, string? OrderKey, JobState State, string? Failure)
{
    /// <summary>Memory knows the job's order key, also where its row is gone.</summary>
    public static UntoldEnd Of(in JobChange change) => new(change.Id, change.OrderKey.ToText(), change.State, change.Failure);

    public static UntoldEnd Of(JobRecord record) => new(record.Row.Id, record.Row.OrderKey, record.Row.State, record.Failure);
}

/// <summary>Ended jobs that are kept.</summary>
internal sealed record EndedCounts(long Completed, long Failed, long Cancelled);
