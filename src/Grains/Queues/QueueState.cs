using System.Collections.Immutable;

namespace JubileeVerse.Queues;

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
/// <param name="rules">The numbers behind the decisions.</param>
/// <param name="limits">In force until changed.</param>
/// <param name="epoch">Raised in the store by each activation, and part of each lease.</param>
/// <param name="paused">As stored.</param>
internal sealed class QueueState(QueueRules rules, QueueLimits limits, long epoch, bool paused)
{
    private const string DeadlineFailure = "The deadline passed before the job was started.";

    private readonly JobBook _book = new(rules);
    private readonly LeaseTable _leases = new(rules.LeaseMs);
    private readonly StartGate _gate = new(rules, limits.StartsPerSecond, paused);
    private readonly ServiceRate _service = new();
    private int _slotsPerWorker = Checked(limits).ConcurrencyPerSilo;
    private long _leaseNumber;
    private long? _lastTick;

    public int Open => _book.Open;

    public bool Paused => _gate.Paused;

    public QueueLimits Limits => new(_slotsPerWorker, _gate.StartsPerSecond);

    /// <summary>A lease has room for four thousand million grants of one epoch; after those the grain must activate anew.</summary>
    public bool LeaseNumbersSpent => _leaseNumber >= uint.MaxValue;

    /// <summary>
    /// Takes rows in, in the order of their acceptance, at activation and from each sweep; known ones are left alone. Of ended
    /// ones only the id is remembered, so rows that ended lately belong in too. Changes are the places of those that had none.
    /// </summary>
    public ImmutableArray<JobChange> Load(IEnumerable<StoredJob> rows, long now)
    {
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        foreach (var row in rows)
        {
            var id = CompactId.Of(row.Id);
            if (_book.Find(id) is not null || _book.HasEnded(id)) continue;
            if (!JobStateMachine.IsOpen(row.State))
            {
                _book.RememberEnded(id, row.EndedAt ?? now);
                continue;
            }

            var job = _book.Add(row, row.AcceptedAt);
            if (job.State == JobState.Active) _leases.Restore(id, JobLease.FromRun(job.LastRun), row.LeaseWorker ?? "", now);
            if (row.Place is null) changes.Add(ChangeOf(job, null, now, row.ReadyAt));
        }

        return changes.ToImmutable();
    }

    /// <summary>
    /// For a queue that may have been elsewhere before: nothing starts for two seconds, in which workers say what they hold.
    /// </summary>
    public void AwaitWorkers(long now) => _gate.AwaitWorkers(now);

    /// <summary>Every worker of the cluster has polled since: no need to wait longer.</summary>
    public void WorkersHeard() => _gate.WorkersHeard();

    public AcceptResult Accept(Job job, long now)
    {
        if (_book.Find(CompactId.Of(job.Id)) is { } known) return new(AcceptKind.Known, StandingOf(known, now), null);
        if (_book.HasEnded(CompactId.Of(job.Id))) return new(AcceptKind.Ended, null, null);

        var accepted = _book.Add(StoredJob.Fresh(job), job.AcceptedAt);
        return new(AcceptKind.Accepted, StandingOf(accepted, now), ChangeOf(accepted, null, now));
    }

    /// <summary>
    /// Hears what a worker holds: before <see cref="Take"/>, for each poll. What it holds and the queue did not know is adopted when
    /// it can only be a start that a former activation had not written; what it twice did not list is ready again.
    /// </summary>
    public PollCheck Poll(string worker, long pollNumber, ImmutableArray<HeldLease> held, long now)
    {
        var revoked = ImmutableArray.CreateBuilder<RevokedLease>();
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        foreach (var (id, lease) in held)
        {
            var key = CompactId.Of(id);
            var current = _leases.Find(key);
            if (current?.Number == lease && current.Worker == worker) continue;

            var job = _book.Find(key);
            if (job is not null && IsUnknownRun(job, lease)) changes.Add(Adopt(job, lease, worker, pollNumber, now));
            else revoked.Add(new(id, lease, JobStopReason.LeaseLost));
        }

        foreach (var lost in _leases.Renew(worker, pollNumber, held, now))
            changes.Add(EndRun(lost, lost.CancelRequested ? JobEvent.Cancelled : JobEvent.HandedBack, now));
        return new(revoked.ToImmutable(), changes.ToImmutable());
    }

    /// <summary>Starts for a worker, after its <see cref="Poll"/> and again while the poll is held open.</summary>
    public TakeResult Take(string worker, int freeSlots, long pollNumber, long now)
    {
        var starts = ImmutableArray.CreateBuilder<JobStart>();
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        Ripen(now, changes);

        var slots = Math.Min(freeSlots, _slotsPerWorker - _leases.CountOf(worker));
        while (starts.Count < slots && !LeaseNumbersSpent && _book.Backlog.PeekStartable() is { } job && _gate.TryStart(now))
        {
            var lease = new JobLease(epoch, ++_leaseNumber);
            _leases.Grant(job.Id, lease, worker, pollNumber, now);
            _service.Started(now);
            starts.Add(new(job.Id.ToJobId(), lease, job.AttemptsMade + 1));
            changes.Add(Start(job, lease, now));
        }

        return new(starts.ToImmutable(), changes.ToImmutable());
    }

    /// <summary>Runs of the worker whose jobs were cancelled: part of each answer to its polls until they end.</summary>
    public ImmutableArray<RevokedLease> StopsOf(string worker) =>
        [.. from lease in _leases.OfWorker(worker) where lease.CancelRequested select new RevokedLease(lease.Id.ToJobId(), lease.Number, JobStopReason.Cancelled)];

    /// <summary>Null: the lease is not the current one; nothing changes.</summary>
    public JobChange? Report(JobReport report, long now)
    {
        if (_book.Find(CompactId.Of(report.Id)) is not { } job) return null;
        if (_leases.Find(job.Id)?.Number != report.Lease)
        {
            if (!IsUnknownRun(job, report.Lease)) return null;
            Adopt(job, report.Lease, "", 0, now);
        }

        var lease = _leases.Find(job.Id)!;
        if (report.Outcome == JobOutcomeKind.ProviderLimited) _gate.HoldFor(report.Delay, now);
        switch (EventOf(report.Outcome, job, lease.CancelRequested))
        {
            case JobEvent.Completed:
                job.AttemptsMade++;
                return EndRun(lease, JobEvent.Completed, now, result: report.Detail);
            case JobEvent.FailedForGood:
                job.AttemptsMade++;
                return EndRun(lease, JobEvent.FailedForGood, now, failure: report.Detail);
            case JobEvent.AttemptFailed:
                job.AttemptsMade++;
                var retryAt = now + (long)RetrySchedule.Delay(job.AttemptsMade, job.BackoffMs, rules.MaxBackoffMs).TotalMilliseconds;
                return EndRun(lease, JobEvent.AttemptFailed, now, retryAt, _book.PlaceFrom(job, retryAt), report.Detail);
            case JobEvent.Snoozed:
                var snoozeMs = (long)(report.Delay ?? TimeSpan.Zero).TotalMilliseconds;
                return EndRun(lease, JobEvent.Snoozed, now, now + Math.Max(rules.MinSnoozeMs, snoozeMs));
            case var other:
                return EndRun(lease, other, now);
        }
    }

    /// <summary>Idempotent: cancelling a run that was told to stop asks again.</summary>
    public CancelResult Cancel(JobId id, long now)
    {
        if (_book.Find(CompactId.Of(id)) is not { } job) return new(CancelKind.NotFound);
        if (_leases.Find(job.Id) is not { } lease) return new(CancelKind.Ended, Move(job, JobEvent.Cancelled, now));

        lease.CancelRequested = true;
        return new(CancelKind.StopRequested, Worker: lease.Worker);
    }

    /// <summary>The membership says that the worker is gone: its jobs are ready again, in their places.</summary>
    public ImmutableArray<JobChange> WorkerDied(string worker, long now) =>
        [.. _leases.OfWorker(worker).Select(lease => Stall(lease, now))];

    /// <summary>
    /// What time alone brings about. Called every second or so: after a longer gap the queue was itself stopped, or its clock was
    /// set, and every lease gets its full time again.
    /// </summary>
    public ImmutableArray<JobChange> Tick(long now)
    {
        var sinceLast = now - (_lastTick ?? now);
        _lastTick = now;
        if (sinceLast < 0) _gate.ClockSetBack(-sinceLast);
        if (sinceLast < 0 || sinceLast > rules.LeaseMs / 2) _leases.RenewAll(now);

        var changes = ImmutableArray.CreateBuilder<JobChange>();
        foreach (var lease in _leases.Expired(now)) changes.Add(Stall(lease, now));
        Ripen(now, changes);
        _book.ForgetEnded(now);
        return changes.ToImmutable();
    }

    /// <summary>Makes a delayed job ready; null when it is not delayed.</summary>
    public JobChange? Promote(JobId id, long now) =>
        _book.Find(CompactId.Of(id)) is { State: JobState.Delayed } job ? Move(job, JobEvent.Promoted, now) : null;

    /// <summary>A failed job from the table lives again, with all its attempts; null when it has not failed, or is past its deadline.</summary>
    public JobChange? RetryByHand(StoredJob row, long now)
    {
        if (_book.Find(CompactId.Of(row.Id)) is not null || row.Deadline <= now) return null;
        if (!JobStateMachine.TryMove(row.State, JobEvent.RetriedByHand, out var to)) return null;

        var again = row with { State = to, AttemptsMade = 0, StalledCount = 0, Place = null };
        return ChangeOf(_book.Add(again, now), JobEvent.RetriedByHand, now);
    }

    /// <summary>False: it was so already.</summary>
    public bool SetPaused(bool value)
    {
        var changed = _gate.Paused != value;
        _gate.Paused = value;
        return changed;
    }

    /// <summary>Obeyed from the next start on; both must be 1 or more.</summary>
    public void SetLimits(QueueLimits value)
    {
        _slotsPerWorker = Checked(value).ConcurrencyPerSilo;
        _gate.StartsPerSecond = value.StartsPerSecond;
    }

    /// <summary>Null for a job that is not open.</summary>
    public JobStanding? Standing(JobId id, long now) => _book.Find(CompactId.Of(id)) is { } job ? StandingOf(job, now) : null;

    /// <summary>The earliest instant, now or later, at which <see cref="Take"/> has something to give; null while nothing can say.</summary>
    public long? NextStartMs(long now)
    {
        var startable = _book.Backlog.Startable > 0 ? _gate.NextMs(now) : null;
        var due = Paused ? null : _book.NextDueMs;
        return startable is null || due < startable ? due : startable;
    }

    /// <summary>How many leases a worker has.</summary>
    public int RunningOf(string worker) => _leases.CountOf(worker);

    public QueueLoad LoadOf(long now) => new(Open, _service.EndedPerSecond(now), Paused);

    public QueueCounts Counts(long now)
    {
        var backlog = _book.Backlog;
        var byPriority = Enumerable.Range(Job.MinPriority, Job.MaxPriority)
            .Where(priority => backlog.WaitingOf(priority) > 0)
            .ToImmutableDictionary(priority => priority, backlog.WaitingOf);
        double? oldest = backlog.OldestAccepted is { } accepted ? Math.Max(0, now - accepted) / 1_000.0 : null;
        return new(
            Paused, backlog.Waiting, backlog.Active, backlog.Delayed, byPriority, oldest, _service.StartedPerSecond(now), _service.EndedPerSecond(now));
    }

    private static QueueLimits Checked(QueueLimits limits) => limits is { ConcurrencyPerSilo: >= 1, StartsPerSecond: >= 1 }
        ? limits
        : throw new ArgumentOutOfRangeException(nameof(limits), limits, "Slots and starts are 1 or more: pausing a queue is another thing.");

    /// <summary>Completed stands whatever was asked; else a cancelled job is not tried again. An outcome of a later version is a failure.</summary>
    private static JobEvent EventOf(JobOutcomeKind outcome, OpenJob job, bool cancelRequested) => outcome switch
    {
        JobOutcomeKind.Completed => JobEvent.Completed,
        _ when cancelRequested => JobEvent.Cancelled,
        JobOutcomeKind.FailedForGood => JobEvent.FailedForGood,
        JobOutcomeKind.Snoozed => JobEvent.Snoozed,
        JobOutcomeKind.ProviderLimited => JobEvent.ProviderLimited,
        JobOutcomeKind.Cancelled => JobEvent.Cancelled,
        JobOutcomeKind.HandedBack => JobEvent.HandedBack,
        _ => job.AttemptsMade + 1 < job.Attempts ? JobEvent.AttemptFailed : JobEvent.FailedForGood,
    };

    /// <summary>
    /// Starts are written without being awaited, so a run of a former epoch above all that the row tells of was started and its row
    /// was lost. Runs of this epoch are all known: one that is not current has ended, though a list that was under way may still name it.
    /// </summary>
    private bool IsUnknownRun(OpenJob job, JobLease lease) => lease.Epoch < epoch && lease.Run > job.LastRun;

    private JobChange Adopt(OpenJob job, JobLease lease, string worker, long pollNumber, long now)
    {
        _leases.Adopt(job.Id, lease, worker, pollNumber, now);
        if (job.State == JobState.Delayed) _book.Move(job, JobEvent.DelayElapsed, now);
        return Start(job, lease, now);
    }

    private JobChange Start(OpenJob job, JobLease lease, long now)
    {
        job.LastRun = lease.Run;
        job.StartedCount++;
        if (job.State != JobState.Active) _book.Move(job, JobEvent.Started, now);
        return ChangeOf(job, JobEvent.Started, now, startedAt: now);
    }

    private JobChange Stall(Lease lease, long now)
    {
        var job = _book.Find(lease.Id)!;
        if (lease.CancelRequested) return EndRun(lease, JobEvent.Cancelled, now);
        job.StalledCount++;
        return job.StalledCount > rules.MaxStalls
            ? EndRun(lease, JobEvent.StalledOut, now, failure: $"Its worker was lost {job.StalledCount} times.")
            : EndRun(lease, JobEvent.Stalled, now);
    }

    /// <summary>Ends a run, and with it the job when the event says so.</summary>
    private JobChange EndRun(
        Lease lease, JobEvent e, long now, long? readyAt = null, long? place = null, string? failure = null, string? result = null)
    {
        var job = _book.Find(lease.Id)!;
        _leases.Release(lease.Id, lease.Number);
        _book.Move(job, e, now, readyAt, place);
        if (!JobStateMachine.IsOpen(job.State)) _service.Ended(now);
        return ChangeOf(job, e, now, readyAt, failure, result, lease.StartedAtMs);
    }

    private void Ripen(long now, ImmutableArray<JobChange>.Builder changes)
    {
        while (_book.NextDue(now) is { } due)
            changes.Add(Move(due.Job, due.Event, now, due.Event == JobEvent.DeadlinePassed ? DeadlineFailure : null));
    }

    private JobChange Move(OpenJob job, JobEvent e, long now, string? failure = null)
    {
        _book.Move(job, e, now);
        return ChangeOf(job, e, now, failure: failure);
    }

    private JobStanding StandingOf(OpenJob job, long now)
    {
        var position = _book.Backlog.PositionOf(job);
        return new(job.Id.ToJobId(), job.State, position, position is { } waiting ? _service.EtaSeconds(waiting, now) : null);
    }

    private JobChange ChangeOf(
        OpenJob job,
        JobEvent? e,
        long now,
        long? readyAt = null,
        string? failure = null,
        string? result = null,
        long? startedAt = null) => new(
        job.Id.ToJobId(),
        e,
        job.State,
        job.AttemptsMade,
        job.StartedCount,
        job.StalledCount,
        job.Place,
        job.State == JobState.Delayed ? readyAt : null,
        job.LastRun == 0 ? null : job.LastRun,
        _leases.Find(job.Id)?.Worker,
        failure,
        result,
        startedAt,
        JobStateMachine.IsOpen(job.State) ? null : now);
}
