using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>
/// One queue's decisions, all of them, without clock, store or cluster: the grain loads, asks, writes what it is given, tells.
/// Every method that changes a job returns what must be written; the order of the changes is the order in which to write them.
/// <para>
/// What it guards against: an offer that arrives twice or late (ids of open and lately ended jobs); a worker that dies, falls
/// silent or never receives its grants (leases); a report of a run that is not the latest (lease numbers, which rise across moves
/// of the queue); a start that a former activation had handed out and not yet written (adoption of what workers say they hold);
/// a queue that was itself stopped, and would blame its workers for the silence (the gap between two ticks).
/// </para>
/// </summary>
internal sealed class QueueState
{
    // Of a look, after which each is told on its own.
    private const int MaxMoves = 1_000;

    private const string DeadlineFailure = "The deadline passed before the job was started.";

    private readonly QueueMemory _memory;
    private readonly JobIntake _intake;
    private readonly JobRuns _runs;
    private readonly JobActs _acts;
    private readonly JobFlows _flows;
    private QueueLimits _limits;
    private long? _lastTick;

    public QueueState(QueueRules rules, QueueLimits limits, long epoch, bool paused)
    {
        _limits = Checked(limits);
        _memory = new QueueMemory(rules, limits, paused);
        _intake = new JobIntake(_memory);
        _runs = new JobRuns(_memory, epoch);
        _acts = new JobActs(_memory);
        _flows = new JobFlows(_memory);
    }

    public int Open => _memory.Book.Open;

    /// <summary>Jobs that wait or run.</summary>
    public int AtWork => _memory.Book.Backlog.Waiting + _memory.Book.Backlog.Active;

    /// <summary>Waiting jobs that no older one of their order key holds back.</summary>
    public int Startable => _memory.Book.Backlog.Startable;

    public bool Paused => _memory.Gate.Paused;

    public QueueLimits Limits => _limits;

    /// <summary>A lease has room for four thousand million grants of one epoch; after those the grain must activate anew.</summary>
    public bool LeaseNumbersSpent => _runs.NumbersSpent;

    /// <summary>
    /// Takes rows in, in the order of their acceptance, at activation and from each sweep; known ones are left alone. Of ended
    /// ones only the id is remembered, so rows that ended lately belong in too. Changes are the places of those that had none.
    /// </summary>
    public ImmutableArray<JobChange> Load(IEnumerable<StoredJob> rows, long now) => _intake.Load(rows, now);

    /// <inheritdoc cref="JobFlows.Settle"/>
    public ImmutableArray<JobChange> Settle(long now) => _flows.Settle(now);

    /// <summary>
    /// A job's end is stored: what that means to the job that waits for it. Nothing where the job lives again.
    /// </summary>
    public ImmutableArray<JobChange> EndStored(JobId id, JobState state, long now) => _flows.EndStored(id, state, now);

    /// <summary>
    /// For a queue that may have been elsewhere before: nothing starts for two seconds, in which workers say what they hold. Called when all is
    /// loaded, however long that took: what is known of leases is no older than that.
    /// </summary>
    public void AwaitWorkers(long now)
    {
        // From now on a clock that is set back is seen, so that it does not lengthen this hold.
        _lastTick ??= now;
        _memory.Gate.AwaitWorkers(now);
        _memory.Leases.RenewAll(now);
    }

    /// <summary>Every worker of the cluster has polled since: no need to wait longer.</summary>
    public void WorkersHeard() => _memory.Gate.WorkersHeard();

    /// <inheritdoc cref="JobIntake.Accept"/>
    public AcceptResult Accept(Job job, long now) => _intake.Accept(job, now);

    /// <inheritdoc cref="JobIntake.Prepare"/>
    public PreparedJob Prepare(Job job) => _intake.Prepare(job);

    /// <inheritdoc cref="JobIntake.Finish"/>
    public JobStanding? Finish(PreparedJob prepared, long now) => _intake.Finish(prepared, now);

    /// <inheritdoc cref="JobIntake.Forget"/>
    public void Forget(JobId id) => _intake.Forget(id);

    /// <inheritdoc cref="JobIntake.Abandon"/>
    public void Abandon(PreparedJob prepared) => _intake.Abandon(prepared);

    /// <summary>
    /// Hears what a worker holds: before <see cref="Take"/>, for each poll. What it holds and the queue did not know is adopted when
    /// it can only be a start that a former activation had not written; what it twice did not list is ready again.
    /// </summary>
    public PollCheck Poll(string worker, long pollNumber, ImmutableArray<HeldLease> held, long now) => _runs.Poll(worker, pollNumber, held, now);

    /// <summary>Starts for a worker, after its <see cref="Poll"/> and again while the poll is held open.</summary>
    public TakeResult Take(string worker, int freeSlots, long pollNumber, long now)
    {
        var starts = ImmutableArray.CreateBuilder<JobStart>();
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        Ripen(now, changes);

        var slots = Math.Min(freeSlots, _limits.ConcurrencyPerSilo - _memory.Leases.CountOf(worker));
        if (_limits.Concurrency is { } cap) slots = Math.Min(slots, cap - _memory.Leases.Count);
        while (starts.Count < slots && !LeaseNumbersSpent && _memory.Book.Backlog.PeekStartable() is { } job && _memory.Gate.TryStart(now))
        {
            var (start, change) = _runs.Grant(job, worker, pollNumber, now);
            starts.Add(start);
            changes.Add(change);
        }

        return new(starts.ToImmutable(), changes.ToImmutable());
    }

    /// <summary>Runs of the worker whose jobs were cancelled: part of each answer to its polls until they end.</summary>
    public ImmutableArray<RevokedLease> StopsOf(string worker) => _runs.StopsOf(worker);

    /// <summary>Null: the lease is not the current one; nothing changes.</summary>
    public JobChange? Report(JobReport report, long now) => _runs.Report(report, now);

    /// <summary>Idempotent: cancelling a run that was told to stop asks again.</summary>
    public CancelResult Cancel(JobId id, long now, StopRequest request = StopRequest.Cancel) => _acts.Cancel(id, now, request);

    /// <summary>The membership says that the worker is gone: its jobs are ready again, in their places.</summary>
    public ImmutableArray<JobChange> WorkerDied(string worker, long now) => _runs.WorkerDied(worker, now);

    /// <summary>
    /// What time alone brings about. Called every second or so: after a longer gap the queue was itself stopped, or its clock was
    /// set, and every lease gets its full time again.
    /// </summary>
    public ImmutableArray<JobChange> Tick(long now)
    {
        var sinceLast = now - (_lastTick ?? now);
        _lastTick = now;
        if (sinceLast < 0) _memory.Gate.ClockSetBack(-sinceLast);
        _memory.Gate.Tick(now);
        if (sinceLast < 0 || sinceLast > _memory.Rules.LeaseMs / 2) _memory.Leases.RenewAll(now);

        var changes = ImmutableArray.CreateBuilder<JobChange>();
        changes.AddRange(_runs.Expire(now));
        Ripen(now, changes);
        _memory.Book.ForgetEnded(now);
        return changes.ToImmutable();
    }

    /// <summary>
    /// Makes a delayed job ready, in the place that it would have were it accepted now, or in its own where that is sooner; null when it is not delayed.
    /// </summary>
    public JobChange? Promote(JobId id, long now) => _acts.Promote(id, now);

    /// <summary>Moves an open job to where it would be had it always had the priority; null when it is not open.</summary>
    public JobChange? SetPriority(JobId id, int priority, long now) => _acts.SetPriority(id, priority, now);

    /// <summary>The open jobs in a state, in the order of their places.</summary>
    public CompactId[] IdsIn(JobState state) => _memory.Book.IdsIn(state);

    /// <summary>Ends a waiting or delayed job whose row is to be deleted; null when it is neither.</summary>
    public JobChange? Remove(JobId id, long now) => _acts.Remove(id, now);

    /// <summary>A failed job from the table lives again, with all its attempts, and with its deadline if that is to come; null when it has not failed.</summary>
    public JobChange? RetryByHand(StoredJob row, long now) => _acts.RetryByHand(row, now);

    /// <summary>False: it was so already.</summary>
    public bool SetPaused(bool value)
    {
        var changed = _memory.Gate.Paused != value;
        _memory.Gate.Paused = value;
        return changed;
    }

    /// <summary>Obeyed from the next start on, what runs already included; each must be 1 or more.</summary>
    public void SetLimits(QueueLimits value)
    {
        _limits = Checked(value);
        _memory.Gate.StartsPerSecond = value.StartsPerSecond;
    }

    /// <summary>Null for a job that is not open.</summary>
    public JobStanding? Standing(JobId id, long now) => _memory.StandingOf(id, now);

    /// <summary>Waiting jobs whose position is half of the one told last or less. They count as told; where there are very many, the others come with the next look.</summary>
    public ImmutableArray<JobMove> Moved(long now) =>
        [.. _memory.Book.Backlog.TakeHalved(MaxMoves).Select(job => new JobMove(_memory.StandingOf(job, now), job.OrderKey.ToText()))];

    /// <summary>The earliest instant, now or later, at which <see cref="Take"/> has something to give; null while nothing can say.</summary>
    public long? NextStartMs(long now)
    {
        var startable = _memory.Book.Backlog.Startable > 0 ? _memory.Gate.NextMs(now) : null;
        var due = Paused ? null : _memory.Book.NextDueMs;
        return startable is null || due < startable ? due : startable;
    }

    /// <summary>The lease is the job's current one.</summary>
    public bool Holds(JobId id, JobLease lease) => _memory.Leases.Find(CompactId.Of(id))?.Number == lease;

    /// <summary>How many leases a worker has.</summary>
    public int RunningOf(string worker) => _memory.Leases.CountOf(worker);

    public QueueLoad LoadOf(long now) => new(Open, _memory.Service.EndedPerSecond(now), Paused);

    public QueueCounts Counts(long now)
    {
        var backlog = _memory.Book.Backlog;
        var service = _memory.Service;
        var byPriority = Enumerable.Range(Job.MinPriority, Job.MaxPriority)
            .Where(priority => backlog.WaitingOf(priority) > 0)
            .ToImmutableDictionary(priority => priority, backlog.WaitingOf);
        double? oldest = backlog.WaitingSince is { } since ? Math.Max(0, now - since) / 1_000.0 : null;
        return new(
            Paused, backlog.Waiting, backlog.Active, backlog.Delayed, backlog.Blocked, byPriority, oldest, service.StartedPerSecond(now), service.EndedPerSecond(now));
    }

    private static QueueLimits Checked(QueueLimits limits) => limits is { ConcurrencyPerSilo: >= 1, StartsPerSecond: >= 1, Concurrency: null or >= 1 }
        ? limits
        : throw new ArgumentOutOfRangeException(nameof(limits), limits, "Slots and starts are 1 or more: pausing a queue is another thing.");

    private void Ripen(long now, ImmutableArray<JobChange>.Builder changes)
    {
        while (_memory.Book.NextDue(now) is { } due)
            changes.Add(_memory.Move(due.Job, due.Event, now, due.Event == JobEvent.DeadlinePassed ? DeadlineFailure : null));
    }
}
