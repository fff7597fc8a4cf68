using System.Collections.Immutable;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>
/// Runs a history on a <see cref="QueueState"/> with its table and workers, and on <see cref="QueueModel"/>, and compares them after each
/// step.
/// </summary>
internal sealed partial class QueueHistory
{
    private static readonly JobOutcomeKind[] Outcomes = Enum.GetValues<JobOutcomeKind>();

    private readonly QueueModel _model = new() { Limits = new QueueLimits(3, 4) };
    private readonly Dictionary<JobId, JobChange> _table = [];
    private readonly Dictionary<JobId, JobChange> _beforeStart = [];

    // The row and the model of each job that does not run, as they were before its latest change: no caller has received the result of that
    // change yet.
    private readonly Dictionary<JobId, (JobChange Row, ModelJob Model)> _unwritten = [];
    private readonly List<HistoryWorker> _workers = [new("w0"), new("w1")];
    private readonly List<HeldLease> _ended = [];
    private readonly List<(long At, int Limit)> _starts = [];
    private QueueState _queue;
    private long _now = 1_700_000_000_000;
    private long _latest = 1_700_000_000_000;
    private long _elapsed;
    private long _epoch = 1;
    private int _died;

    public QueueHistory()
    {
        _queue = NewQueue();

        // A queue that is activated ticks too: otherwise a clock that is set back before the first tick would not be noticed.
        Advance(0);
    }

    /// <summary>Steps that changed or checked something.</summary>
    public int Steps { get; private set; }

    public void Run(IEnumerable<HistoryStep> steps)
    {
        foreach (var step in steps)
        {
            Apply(step);
            Compare();
            Steps++;
        }
    }

    private QueueState NewQueue() =>
        new(QueueRules.Default, _model.Limits, _epoch, _model.Paused);

    private void Apply(HistoryStep step)
    {
        switch (step.Kind)
        {
            case HistoryKind.Accept: Accept(step); break;
            case HistoryKind.OfferAgain: OfferAgain(step); break;
            case HistoryKind.Prepare: Prepare(step); break;
            case HistoryKind.Finish: Finish(step); break;
            case HistoryKind.Abandon: Abandon(step); break;
            case HistoryKind.Work: Work(_workers[step.A % _workers.Count], step.B % 4, responseLost: step.C % 8 == 0); break;
            case HistoryKind.Report: Report(step); break;
            case HistoryKind.ReportLate: ReportLate(step); break;
            case HistoryKind.WorkerDies: WorkerDies(step.A % _workers.Count); break;
            case HistoryKind.Restart: Restart(loseStarts: step.A % 2 == 0, loseAdds: step.B % 2 == 0, loseChanges: step.C % 4); break;
            case HistoryKind.Pause: Pause(step.A % 2 == 0); break;
            case HistoryKind.SetLimits: SetLimits(step); break;
            case HistoryKind.TakePositionUpdates: TakePositionUpdates(); break;
            case HistoryKind.Advance: Advance((step.A * 5) + (step.B % 5)); break;
            case HistoryKind.Jump: Advance(step.A * (step.B % 8 == 0 ? 60_000L : 1_000L)); break;
            case HistoryKind.Cancel: Cancel(step); break;
            case HistoryKind.Promote: Promote(step); break;
            case HistoryKind.RetryByHand: RetryByHand(step); break;
            case HistoryKind.SetClockBack: SetClockBack(step.A * (step.B % 4 == 0 ? 60_000L : 50L)); break;
            case HistoryKind.SetPriority: SetPriority(step); break;
            case HistoryKind.Remove: Remove(step); break;
        }
    }

    private void Work(HistoryWorker worker, int slots, bool responseLost)
    {
        Poll(worker);
        _model.MakeDueJobsReady(_now);
        var taken = _queue.Take(worker.Name, slots, worker.Polls, _now);
        Write(taken.Changes);
        foreach (var start in taken.Starts)
        {
            var expected = _model.Next(worker.Name, _now);
            Assert.Equal(expected?.Job.Id, start.Id);
            Assert.Equal(expected!.AttemptsMade + 1, start.Attempt);
            Assert.True(start.Lease.Run > expected.LastRun, "A later run has a higher lease.");
            _model.Start(expected, start.Lease, worker.Name, worker.Polls, _now);
            _starts.Add((_elapsed, _model.Limits.StartsPerSecond));
            if (!responseLost) worker.Held.Add(start.Id, start.Lease);
        }

        if (taken.Starts.Length < slots) Assert.Null(_model.Next(worker.Name, _now));
    }

    private void Poll(HistoryWorker worker)
    {
        ImmutableArray<HeldLease> held = [.. worker.Held.Select(lease => new HeldLease(lease.Key, lease.Value))];
        worker.Polls++;
        var check = _queue.Runs.Poll(worker.Name, worker.Polls, held, _now);
        Write(check.Changes);
        Assert.Equal(
            _model.Poll(worker.Name, worker.Polls, held, _now), check.Revoked.Select(lease => new HeldLease(lease.Id, lease.Lease)));
        foreach (var revoked in check.Revoked) worker.Held.Remove(revoked.Id);
        Assert.Equal(
            _model.Jobs
                .Where(job => job.Run is { CancelRequested: true } run && run.Worker == worker.Name)
                .Select(job => job.Job.Id)
                .ToHashSet(),
            _queue.Runs.StopsOf(worker.Name).Select(stop => stop.Id).ToHashSet());
    }

    private void Report(HistoryStep step)
    {
        var worker = _workers[step.A % _workers.Count];
        if (worker.Held.Count == 0) return;
        var (id, lease) = worker.Held.OrderBy(held => held.Value).ElementAt(step.B % worker.Held.Count);
        worker.Held.Remove(id);
        _ended.Add(new(id, lease));
        ApplyReport(new JobReport(id, lease, Outcomes[step.C % Outcomes.Length], "detail", TimeSpan.FromMilliseconds(step.B * 30)));
    }

    /// <summary>A report that was sent twice, or by a run that lost its lease long ago.</summary>
    private void ReportLate(HistoryStep step)
    {
        if (_ended.Count == 0) return;
        var (id, lease) = _ended[step.A % _ended.Count];
        Assert.Null(_queue.Runs.Report(new JobReport(id, lease, Outcomes[step.C % Outcomes.Length], Delay: TimeSpan.FromSeconds(5)), _now));
    }

    private void ApplyReport(JobReport report)
    {
        var change = _queue.Runs.Report(report, _now);
        Assert.Equal(_model.Report(report, _now, change?.ReadyAt), change is not null);
        if (change is { } recorded) Write(recorded);
    }

    private void WorkerDies(int index)
    {
        var worker = _workers[index];
        _model.WorkerDied(worker.Name, _now);
        Write(_queue.Runs.WorkerDied(worker.Name, _now));
        foreach (var (id, lease) in worker.Held) _ended.Add(new(id, lease));
        _workers[index] = new HistoryWorker($"w{index}-{++_died}");
    }

    /// <summary>The queue moves: a new state is loaded from the table alone, and the workers report the leases that they hold.</summary>
    private void Restart(bool loseStarts, bool loseAdds, int loseChanges)
    {
        RevertUnwritten(loseChanges);
        var lost = loseStarts ? _beforeStart.Keys.Where(id => _table[id].State == JobState.Active).ToArray() : [];
        foreach (var id in lost) _table[id] = _beforeStart[id];
        _beforeStart.Clear();
        EndPreparedJobs(loseAdds);
        _epoch++;
        _model.Restart(lost, _now);
        _queue = NewQueue();
        Assert.Empty(_queue.Intake.Load(_model.Jobs.Select(job => RowOf(job)), _now));
        _queue.AwaitWorkers(_now);
        foreach (var worker in _workers) Poll(worker);
    }

    private void Pause(bool paused)
    {
        Assert.Equal(_model.Paused != paused, _queue.SetPaused(paused));
        _model.Paused = paused;
    }

    private void SetLimits(HistoryStep step)
    {
        _model.Limits = new QueueLimits(1 + (step.A % 4), 1 + (step.B % 6)) { Concurrency = step.C % 2 == 0 ? null : 1 + (step.C % 5) };
        _queue.SetLimits(_model.Limits);
    }

    /// <summary>Every position update must contain the job's current position.</summary>
    private void TakePositionUpdates()
    {
        var waiting = _model.Waiting;
        foreach (var (status, orderKey) in _queue.TakePositionUpdates(_now))
        {
            var job = waiting[status.Position!.Value - 1].Job;
            Assert.Equal((job.Id, job.OrderKey), (status.Id, orderKey));
        }
    }

    /// <summary>Reverts the latest changes of jobs that do not run, because they were not written when the queue crashed.</summary>
    private void RevertUnwritten(int changes)
    {
        foreach (var (id, (row, model)) in _unwritten.Reverse().Take(changes))
        {
            _table[id] = row;
            _model.Find(id).RevertTo(model);
        }

        _unwritten.Clear();
    }

    private void SetClockBack(long ms)
    {
        Advance(-ms);
        _elapsed += ms;
    }

    /// <summary>Applies a change that a crash may lose until the job's next change is written.</summary>
    private void ApplyUnwritten(ModelJob job, Func<JobChange> change)
    {
        var before = (_table[job.Job.Id], job.Copy());
        Write(change());
        if (job.Run is null && before.Item2.Unwritten is null) _unwritten[job.Job.Id] = before;
    }

    private StoredJob RowOf(ModelJob job) => TestJobs.Row(job.Job, _table[job.Job.Id]) with
    {
        Job = job.Job with { Deadline = job.Deadline, Priority = _table[job.Job.Id].Priority },
    };

    private void Advance(long ms)
    {
        _now += ms;
        _elapsed += ms;
        _latest = Math.Max(_latest, _now);
        _model.Tick(_now);
        Write(_queue.Tick(_now));
    }

    private static ModelJob? Pick(IEnumerable<ModelJob> jobs, int at) =>
        jobs.ToList() is { Count: > 0 } list ? list[at % list.Count] : null;

    private void Write(IEnumerable<JobChange> changes)
    {
        foreach (var change in changes) Write(change);
    }

    private void Write(JobChange change)
    {
        if (_table.TryGetValue(change.Id, out var before) && before.EndedAt is not null)
            Assert.Equal(JobEvent.RetriedByHand, change.Event);

        // A start is written without being awaited, so it may be lost until the job's next change.
        if (change.Event == JobEvent.Started && before.State == JobState.Waiting) _beforeStart[change.Id] = before;
        else _beforeStart.Remove(change.Id);
        _unwritten.Remove(change.Id);
        _table[change.Id] = change;
    }

    private void Compare()
    {
        foreach (var job in _model.Jobs)
        {
            var row = _table[job.Job.Id];
            Assert.Equal(
                (job.State, job.AttemptsMade, job.StartedCount, job.StalledCount, job.SortKey, job.ReadyAt, job.Run?.Worker),
                (row.State, row.AttemptsMade, row.StartedCount, row.StalledCount, row.SortKey, row.ReadyAt, row.LeaseWorker));
            Assert.Equal(job.IsOpen, row.EndedAt is null);
            Assert.Equal(job.IsOpen ? job.State : null, _queue.StatusOf(job.Job.Id, _now)?.State);
        }

        var waiting = _model.Waiting;
        for (var i = 0; i < waiting.Count; i++) Assert.Equal(i + 1, _queue.StatusOf(waiting[i].Job.Id, _now)!.Position);
        CompareCounts(waiting);
        foreach (var lane in _model.Jobs
            .Where(job => job.State == JobState.Active && job.Job.OrderKey is not null)
            .GroupBy(job => job.Job.OrderKey))
        {
            Assert.Single(lane);
        }

        for (var i = 0; i < _starts.Count; i++)
        {
            var (at, limit) = _starts[i];
            Assert.True(i < limit || at - _starts[i - limit].At >= 1_000, "Too many starts in a window.");
        }
    }

    private void CompareCounts(List<ModelJob> waiting)
    {
        var counts = _queue.Counts(_now);
        var active = _model.Jobs.Count(job => job.State == JobState.Active);
        var delayed = _model.Jobs.Count(job => job.State == JobState.Delayed);
        Assert.Equal((waiting.Count, active, delayed), (counts.Waiting, counts.Active, counts.Delayed));
        Assert.Equal(waiting.Count + active + delayed, _queue.OpenCount);
        Assert.Equal(
            waiting.CountBy(job => job.Priority).OrderBy(count => count.Key), counts.WaitingByPriority.OrderBy(count => count.Key));
        Assert.Equal(
            waiting.Count == 0 ? null : Math.Max(0, _now - waiting.Min(job => Math.Max(job.Job.AcceptedAt, job.ReadySince))) / 1_000.0,
            counts.OldestWaitingSeconds);
    }
}

/// <summary>A worker and the leases that it believes it holds.</summary>
internal sealed class HistoryWorker(string name)
{
    public string Name => name;

    public long Polls { get; set; }

    public Dictionary<JobId, JobLease> Held { get; } = [];
}
