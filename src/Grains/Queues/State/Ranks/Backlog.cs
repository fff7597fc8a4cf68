using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// All open jobs of a queue and their order: the rank of each waiting job, and which job may start next.
/// A job's state changes only through this class, so that the tree, the lanes and the counts cannot disagree with it.
/// </summary>
internal sealed class Backlog
{
    private readonly RankTree _waiting = new();
    private readonly OrderLanes _lanes = new();
    private readonly int[] _waitingByPriority = new int[Job.MaxPriority + 1];

    public int Waiting => _waiting.Count;

    public int Active { get; private set; }

    public int Delayed { get; private set; }

    public int Blocked { get; private set; }

    /// <summary>Waiting jobs that no older job of the same order key holds back.</summary>
    public int Startable => _waiting.StartableCount;

    /// <summary>The instant since which the longest-waiting job waits; null when no job waits.</summary>
    public long? WaitingSince => Waiting == 0 ? null : _waiting.WaitingSince;

    public int WaitingWithPriority(int priority) => _waitingByPriority[priority];

    /// <summary>
    /// Many jobs were added without <see cref="SetAnnounced"/>. The next <see cref="TakeHalved"/> records their current ranks as announced,
    /// in one walk over the tree.
    /// </summary>
    public bool HasManyUnannounced { get; set; }

    /// <summary>Adds a job in its current state. Its sort key must be set.</summary>
    public void Add(OpenJob job)
    {
        _lanes.Add(job);
        Enter(job);
        Refresh(job.OrderKey);
    }

    public void Remove(OpenJob job)
    {
        Leave(job);
        _lanes.Remove(job);
        Refresh(job.OrderKey);
    }

    /// <summary>Moves an open job to another open state, with its own sort key or a new one, and resets its announced rank.</summary>
    public void Move(OpenJob job, JobState to, long? sortKey = null)
    {
        Leave(job);
        job.State = to;
        job.SortKey = sortKey ?? job.SortKey;
        Enter(job);
        if (to == JobState.Waiting) SetAnnounced(job);
        Refresh(job.OrderKey);
    }

    /// <summary>Changes the priority and the sort key of an open job in any state. The announced rank is kept.</summary>
    public void SetPriority(OpenJob job, int priority, long sortKey)
    {
        var announced = job.AnnouncedRank;
        Leave(job);
        job.Priority = priority;
        job.SortKey = sortKey;
        Enter(job);
        if (announced > 0) _waiting.SetAnnouncedRank(job, announced);
        Refresh(job.OrderKey);
    }

    /// <summary>
    /// Records the job's current rank as announced to the clients that wait for it. Nothing happens unless the job waits.
    /// </summary>
    public void SetAnnounced(OpenJob job)
    {
        if (job.State == JobState.Waiting) _waiting.SetAnnouncedRank(job, _waiting.RankOf(job));
    }

    /// <summary>
    /// Returns the waiting jobs whose rank is half of the last announced rank or less, in the order of their ranks and at most
    /// <paramref name="limit"/> of them. Their current ranks are recorded as announced.
    /// </summary>
    public ImmutableArray<OpenJob> TakeHalved(int limit)
    {
        if (HasManyUnannounced) _waiting.SetMissingAnnouncedRanks();
        HasManyUnannounced = false;
        var halved = ImmutableArray.CreateBuilder<OpenJob>();
        _waiting.TakeHalved(halved, limit);
        return halved.ToImmutable();
    }

    /// <summary>The job's rank: 1 is next; null for a job that does not wait.</summary>
    public int? RankOf(OpenJob job) => job.State == JobState.Waiting ? _waiting.RankOf(job) : null;

    /// <summary>The waiting job at a rank from 1 to <see cref="Waiting"/>.</summary>
    public OpenJob JobAtRank(int rank) => _waiting.JobAtRank(rank);

    /// <summary>
    /// The startable job with the lowest sort key; null when no job may start. The job stays in the backlog until it is moved.
    /// </summary>
    public OpenJob? PeekStartable() => _waiting.FirstStartable();

    /// <summary>A waiting job whose deadline has passed; null when there is none.</summary>
    public OpenJob? PeekPastDeadline(long nowMs) => _waiting.FirstPastDeadline(nowMs);

    private void Enter(OpenJob job)
    {
        switch (job.State)
        {
            case JobState.Waiting:
                _waiting.Insert(job, _lanes.MayStart(job));
                _waitingByPriority[job.Priority]++;
                break;
            case JobState.Active:
                _lanes.Started(job);
                Active++;
                break;
            case JobState.Blocked:
                Blocked++;
                break;
            default:
                Delayed++;
                break;
        }
    }

    private void Leave(OpenJob job)
    {
        switch (job.State)
        {
            case JobState.Waiting:
                _waiting.Remove(job);
                _waitingByPriority[job.Priority]--;
                break;
            case JobState.Active:
                _lanes.Stopped(job);
                Active--;
                break;
            case JobState.Blocked:
                Blocked--;
                break;
            default:
                Delayed--;
                break;
        }
    }

    /// <summary>
    /// Any change in a lane affects at most its head and the job behind the head: the head may have become startable,
    /// and the second may have been the head before an older job arrived late.
    /// </summary>
    private void Refresh(CompactId orderKey)
    {
        if (orderKey.IsNone || _lanes.Head(orderKey) is not { } head) return;
        RefreshOne(head);
        if (OrderLanes.Second(head) is { } second) RefreshOne(second);
    }

    private void RefreshOne(OpenJob job)
    {
        if (job.State == JobState.Waiting) _waiting.SetStartable(job, _lanes.MayStart(job));
    }
}
