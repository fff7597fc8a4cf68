using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Flows;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State;

/// <summary>
/// Makes all decisions of one queue, without a clock, a store or a cluster: the grain loads the state, asks it for a decision, writes the
/// returned changes and publishes the result. Every method that changes a job returns the changes to write, in the order in which to write
/// them.
/// <para>
/// It handles these failures: an offer that arrives twice or late (by the ids of open and recently ended jobs); a worker that dies, stops
/// polling or never receives its grants (by leases); a report of a run that is not the latest (by lease numbers, which increase across
/// activations of the queue); a start that a former activation granted and did not write (by adopting the leases that workers report);
/// a pause of the queue's own process, which would look like silence of its workers (by the gap between two ticks).
/// </para>
/// </summary>
internal sealed class QueueState
{
    // The positions that one call returns. More would take too long, because each is published on its own.
    private const int MaxPositionUpdates = 1_000;

    private const string DeadlineFailure = "The deadline passed before the job was started.";

    private readonly QueueMemory _memory;
    private long? _lastTick;

    public QueueState(QueueRules rules, QueueLimits limits, long epoch, bool paused)
    {
        Limits = Validated(limits);
        _memory = new QueueMemory(rules, limits, paused);
        Intake = new JobIntake(_memory);
        Runs = new JobRuns(_memory, epoch);
        Actions = new JobActions(_memory);
        Flows = new JobFlows(_memory);
    }

    public JobIntake Intake { get; }

    public JobRuns Runs { get; }

    public JobActions Actions { get; }

    public JobFlows Flows { get; }

    public int OpenCount => _memory.Jobs.OpenCount;

    /// <summary>The number of waiting and active jobs.</summary>
    public int WaitingOrActiveCount => _memory.Jobs.Backlog.Waiting + _memory.Jobs.Backlog.Active;

    /// <summary>Waiting jobs that no older job of the same order key holds back.</summary>
    public int Startable => _memory.Jobs.Backlog.Startable;

    public bool Paused => _memory.Gate.Paused;

    public QueueLimits Limits { get; private set; }

    /// <summary>
    /// Starts no job for <see cref="QueueRules.AdoptionMs"/>, in which the workers report the leases that they hold, because the queue may
    /// have moved from another silo. Called when everything is loaded, however long the load took: every lease gets its full time from
    /// then.
    /// </summary>
    public void AwaitWorkers(long now)
    {
        // From now on Tick detects a clock that is set back, so that it does not lengthen this wait.
        _lastTick ??= now;
        _memory.Gate.AwaitWorkers(now);
        _memory.Leases.RenewAll(now);
    }

    /// <summary>Ends the wait early, because every worker of the cluster has polled since it began.</summary>
    public void AllWorkersPolled() => _memory.Gate.AllWorkersPolled();

    /// <summary>Grants jobs to a worker, after its <see cref="JobRuns.Poll"/> and again while the poll is held open.</summary>
    public TakeResult Take(string worker, int freeSlots, long pollNumber, long now)
    {
        var starts = ImmutableArray.CreateBuilder<JobStart>();
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        ProcessDue(now, changes);

        var slots = Math.Min(freeSlots, Limits.ConcurrencyPerSilo - _memory.Leases.CountOf(worker));
        if (Limits.Concurrency is { } cap) slots = Math.Min(slots, cap - _memory.Leases.Count);
        while (starts.Count < slots
            && !Runs.LeaseNumbersExhausted
            && _memory.Jobs.Backlog.PeekStartable() is { } job
            && _memory.Gate.TryStart(now))
        {
            var (start, change) = Runs.Grant(job, worker, pollNumber, now);
            starts.Add(start);
            changes.Add(change);
        }

        return new(starts.ToImmutable(), changes.ToImmutable());
    }

    /// <summary>
    /// Applies the changes that depend on time alone; called about every second. A gap of more than half the lease time, or a step back,
    /// means that the queue's process was paused or its clock was set, so every lease is renewed for its full time.
    /// </summary>
    public ImmutableArray<JobChange> Tick(long now)
    {
        var sinceLast = now - (_lastTick ?? now);
        _lastTick = now;
        if (sinceLast < 0) _memory.Gate.ClockSetBack(-sinceLast);
        _memory.Gate.Tick(now);
        if (sinceLast < 0 || sinceLast > _memory.Rules.LeaseMs / 2) _memory.Leases.RenewAll(now);

        var changes = ImmutableArray.CreateBuilder<JobChange>();
        changes.AddRange(Runs.Expire(now));
        ProcessDue(now, changes);
        _memory.Jobs.ForgetEnded(now);
        return changes.ToImmutable();
    }

    /// <summary>The ids of the open jobs in a state, in the order of their sort keys.</summary>
    public CompactId[] IdsIn(JobState state) => _memory.Jobs.IdsIn(state);

    /// <summary>Pauses or resumes the queue; false when nothing changed.</summary>
    public bool SetPaused(bool value)
    {
        var changed = _memory.Gate.Paused != value;
        _memory.Gate.Paused = value;
        return changed;
    }

    /// <summary>Sets the limits, each 1 or more. They apply from the next start, and jobs that already run count against them.</summary>
    public void SetLimits(QueueLimits value)
    {
        Limits = Validated(value);
        _memory.Gate.StartsPerSecond = value.StartsPerSecond;
    }

    /// <summary>The status of a job; null when the job is not open.</summary>
    public JobStatus? StatusOf(JobId id, long now) => _memory.StatusOf(id, now);

    /// <summary>
    /// The new positions of waiting jobs whose rank is half of the last announced rank or less; they are recorded as announced. One call
    /// returns at most <see cref="MaxPositionUpdates"/>; the next call returns the others.
    /// </summary>
    public ImmutableArray<PositionUpdate> TakePositionUpdates(long now) =>
    [
        .. _memory.Jobs.Backlog.TakeHalved(MaxPositionUpdates)
            .Select(job => new PositionUpdate(_memory.StatusOf(job, now), job.OrderKey.ToText())),
    ];

    /// <summary>The earliest instant, now or later, at which <see cref="Take"/> can grant a job; null when it is unknown.</summary>
    public long? NextStartMs(long now)
    {
        var startable = _memory.Jobs.Backlog.Startable > 0 ? _memory.Gate.NextMs(now) : null;
        var due = Paused ? null : _memory.Jobs.NextDueMs;
        return startable is null || due < startable ? due : startable;
    }

    public QueueLoad LoadOf(long now) => new(OpenCount, _memory.Service.EndedPerSecond(now), Paused);

    public QueueCounts Counts(long now)
    {
        var backlog = _memory.Jobs.Backlog;
        var service = _memory.Service;
        var byPriority = Enumerable.Range(Job.MinPriority, Job.MaxPriority)
            .Where(priority => backlog.WaitingWithPriority(priority) > 0)
            .ToImmutableDictionary(priority => priority, backlog.WaitingWithPriority);
        double? oldest = backlog.WaitingSince is { } since ? Math.Max(0, now - since) / 1_000.0 : null;
        return new(
            Paused,
            backlog.Waiting,
            backlog.Active,
            backlog.Delayed,
            backlog.Blocked,
            byPriority,
            oldest,
            service.StartedPerSecond(now),
            service.EndedPerSecond(now));
    }

    private static QueueLimits Validated(QueueLimits limits) =>
        limits is { ConcurrencyPerSilo: >= 1, StartsPerSecond: >= 1, Concurrency: null or >= 1 }
            ? limits
            : throw new ArgumentOutOfRangeException(
                nameof(limits),
                limits,
                "The concurrency and the starts per second of a queue must be 1 or more; pause the queue to start no jobs.");

    private void ProcessDue(long now, ImmutableArray<JobChange>.Builder changes)
    {
        while (_memory.Jobs.NextDue(now) is { } due)
            changes.Add(_memory.Move(due.Job, due.Event, now, due.Event == JobEvent.DeadlinePassed ? DeadlineFailure : null));
    }
}
