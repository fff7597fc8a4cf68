using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>
/// All open jobs of a queue with the order among them: who waits at which position, and who may start.
/// A job's state changes only through here, so that tree, lanes and counts cannot disagree with it.
/// </summary>
internal sealed class Backlog
{
    private readonly PlaceTree _waiting = new();
    private readonly OrderLanes _lanes = new();
    private readonly int[] _waitingByPriority = new int[Job.MaxPriority + 1];

    public int Waiting => _waiting.Count;

    public int Active { get; private set; }

    public int Delayed { get; private set; }

    public int Blocked { get; private set; }

    /// <summary>Waiting jobs that no older one of their order key holds back.</summary>
    public int Startable => _waiting.StartableCount;

    /// <summary>Since when the job waits that has waited longest; null when none does.</summary>
    public long? WaitingSince => Waiting == 0 ? null : _waiting.WaitingSince;

    public int WaitingOf(int priority) => _waitingByPriority[priority];

    /// <summary>Jobs have come in of which <see cref="SetTold"/> knows nothing: the next look counts their positions as told, in one walk through all.</summary>
    public bool ManyUntold { get; set; }

    /// <summary>Adds a job in the state it is in; its place is set.</summary>
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

    /// <summary>Moves an open job to another open state, with its own place or a new one. What was told of its position holds no longer.</summary>
    public void Move(OpenJob job, JobState to, long? place = null)
    {
        Leave(job);
        job.State = to;
        job.Place = place ?? job.Place;
        Enter(job);
        if (to == JobState.Waiting) SetTold(job);
        Refresh(job.OrderKey);
    }

    /// <summary>Changes what an open job is counted and ordered by, in whatever state it is.</summary>
    public void SetPriority(OpenJob job, int priority, long place)
    {
        var told = job.Told;
        Leave(job);
        job.Priority = priority;
        job.Place = place;
        Enter(job);
        if (told > 0) _waiting.SetTold(job, told);
        Refresh(job.OrderKey);
    }

    /// <summary>Whoever waits for the job knows its position as it is now.</summary>
    public void SetTold(OpenJob job)
    {
        if (job.State == JobState.Waiting) _waiting.SetTold(job, _waiting.PositionOf(job));
    }

    /// <summary>
    /// Waiting jobs that have come so much nearer that whoever waits should hear it: to half of the position that was told last, or less. The
    /// next of all first, and at most so many; they count as told.
    /// </summary>
    public ImmutableArray<OpenJob> TakeHalved(int limit)
    {
        if (ManyUntold) _waiting.TellUntold();
        ManyUntold = false;
        var halved = ImmutableArray.CreateBuilder<OpenJob>();
        _waiting.TakeHalved(halved, limit);
        return halved.ToImmutable();
    }

    /// <summary>1 is next; null for a job that does not wait.</summary>
    public int? PositionOf(OpenJob job) => job.State == JobState.Waiting ? _waiting.PositionOf(job) : null;

    /// <summary>The waiting job at the position: 1 to <see cref="Waiting"/>.</summary>
    public OpenJob At(int position) => _waiting.At(position);

    /// <summary>The lowest place that may start; null when none may. It stays until it is moved.</summary>
    public OpenJob? PeekStartable() => _waiting.FirstStartable();

    /// <summary>A waiting job whose deadline has come; null when there is none.</summary>
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
    /// Whatever happens in a lane changes at most its head and the one behind it: the head may have become free,
    /// and the second may have been the head before a late, older one came.
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
