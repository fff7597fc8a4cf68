using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>
/// A model of the queue as its documentation describes it, with plain lists and linear searches. <see cref="QueueState"/> is compared with
/// the model, so the model shares no code with it and repeats the rules.
/// </summary>
internal sealed class QueueModel
{
    private const long LeaseMs = 30_000;

    private readonly List<long> _starts = [];
    private long _heldUntil;
    private long? _lastTick;

    public List<ModelJob> Jobs { get; } = [];

    public bool Paused { get; set; }

    public required QueueLimits Limits { get; set; }

    /// <summary>Jobs that have a sort key and are not written yet. They count towards the shares of their users.</summary>
    public List<ModelJob> Prepared { get; } = [];

    public IEnumerable<ModelJob> Open => Jobs.Where(job => job.IsOpen);

    /// <summary>The waiting jobs by sort key, then acceptance, order number and id: UUIDs before other texts.</summary>
    public List<ModelJob> Waiting => [.. Jobs
        .Where(job => job.State == JobState.Waiting)
        .OrderBy(job => job.SortKey)
        .ThenBy(job => job.Job.AcceptedAt)
        .ThenBy(job => job.Job.OrderNumber)
        .ThenBy(job => !Guid.TryParse(job.Job.Id.Value, out _))
        .ThenBy(job => job.Job.Id.Value, StringComparer.Ordinal)];

    public ModelJob Find(JobId id) => Jobs.Single(job => job.Job.Id == id);

    public void Accept(Job job) => Jobs.Add(Create(job));

    public ModelJob Prepare(Job job)
    {
        var prepared = Create(job);
        Prepared.Add(prepared);
        return prepared;
    }

    public void Finish(ModelJob job)
    {
        Prepared.Remove(job);
        Jobs.Add(job);
    }

    /// <summary>The job that the next slot of a worker starts; null when no job may start.</summary>
    public ModelJob? Next(string worker, long now)
    {
        var ofWorker = Jobs.Count(job => job.Run?.Worker == worker);
        var inWindow = _starts.Count(start => start > now - 1_000);
        if (Paused || now < _heldUntil || ofWorker >= Limits.ConcurrencyPerSilo || inWindow >= Limits.StartsPerSecond) return null;
        if (Jobs.Count(job => job.Run is not null) >= (Limits.Concurrency ?? int.MaxValue)) return null;
        return Waiting.Find(MayStart);
    }

    public void Start(ModelJob job, JobLease lease, string worker, long poll, long now)
    {
        _starts.Add(now);
        Run(job, new ModelRun(lease, worker) { SeenAtPoll = poll, ExpiresAt = now + LeaseMs });
    }

    /// <summary>Applies a worker's report; false when its lease is not the current one.</summary>
    /// <param name="retryAt">The retry time that the queue chose; the model takes it over if the job has jitter.</param>
    public bool Report(JobReport report, long now, long? retryAt)
    {
        var job = Find(report.Id);
        if (job.Unwritten is { } unwritten && unwritten.Lease == report.Lease && unwritten.Lease.Run > job.LastRun) Run(job, unwritten);
        if (job.Run is not { } run || run.Lease != report.Lease) return false;

        var cancel = run.CancelRequested && report.Outcome != JobOutcomeKind.Completed;
        job.Run = null;
        if (report.Outcome == JobOutcomeKind.ProviderLimited)
            _heldUntil = Math.Max(_heldUntil, now + (long)report.Delay!.Value.TotalMilliseconds);
        if (cancel) End(job, JobState.Cancelled, now);
        else ApplyOutcome(job, report, now, retryAt);
        return true;
    }

    public void Cancel(ModelJob job, long now)
    {
        if (job.Run is { } run) run.CancelRequested = true;
        else End(job, JobState.Cancelled, now);
    }

    /// <summary>Applies a worker's list of held leases and returns the leases that the worker has lost.</summary>
    public List<HeldLease> Poll(string worker, long number, IReadOnlyCollection<HeldLease> held, long now)
    {
        var lost = new List<HeldLease>();
        foreach (var lease in held)
        {
            var job = Find(lease.Id);
            if (job.Run?.Lease != lease.Lease
                && job.Unwritten is { } unwritten
                && unwritten.Lease == lease.Lease
                && lease.Lease.Run > job.LastRun)
            {
                Run(job, unwritten);
            }

            if (job.Run?.Lease != lease.Lease)
            {
                lost.Add(lease);
                continue;
            }

            job.Run.ExpiresAt = now + LeaseMs;
            job.Run.SeenAtPoll = number;
        }

        foreach (var job in Jobs.Where(job => job.Run?.Worker == worker).ToList())
        {
            job.Run!.SeenAtPoll ??= number - 1;
            if (number < job.Run.SeenAtPoll + 2) continue;
            var cancelled = job.Run.CancelRequested;
            job.Run = null;
            if (cancelled) End(job, JobState.Cancelled, now);
            else job.State = JobState.Waiting;
        }

        return lost;
    }

    public void WorkerDied(string worker, long now)
    {
        foreach (var job in Jobs.Where(job => job.Run?.Worker == worker).ToList()) Stall(job, now);
    }

    public void Tick(long now)
    {
        var sinceLast = now - (_lastTick ?? now);
        if (sinceLast < 0) SetClockBack(-sinceLast, now);
        _starts.RemoveAll(start => start <= now - 1_000);
        if (sinceLast < 0 || sinceLast > LeaseMs / 2) Jobs.ForEach(job => job.Run?.ExpiresAt = now + LeaseMs);
        _lastTick = now;
        foreach (var job in Jobs.Where(job => job.Run?.ExpiresAt <= now).ToList()) Stall(job, now);
        MakeDueJobsReady(now);
    }

    public void MakeDueJobsReady(long now)
    {
        foreach (var job in Jobs.Where(job => job.State is JobState.Delayed or JobState.Waiting).ToList())
        {
            if (job.Deadline <= now) End(job, JobState.Failed, now);
            else if (job.ReadyAt <= now) MakeReady(job, now);
        }
    }

    public void Promote(ModelJob job, long now)
    {
        job.SortKey = Math.Min(job.SortKey, SortKeyFrom(job, now));
        MakeReady(job, now);
    }

    public void Remove(ModelJob job, long now) => End(job, JobState.Cancelled, now);

    /// <summary>Moves the job to where it would be if it had always had the priority.</summary>
    public void SetPriority(ModelJob job, int priority)
    {
        job.SortKey += (priority - job.Priority) * 2_000L;
        job.Priority = priority;
    }

    public void RetryByHand(ModelJob job, long now)
    {
        job.AttemptsMade = 0;
        job.StalledCount = 0;
        if (job.Deadline <= now) job.Deadline = null;
        MakeReady(job, now);
        job.SortKey = SortKeyFrom(job, now);
    }

    /// <summary>Moves the queue. Some starts were not written, so the rows of those jobs are as they were before.</summary>
    public void Restart(IReadOnlyCollection<JobId> unwritten, long now)
    {
        // All earlier starts have left the rate window when the hold ends.
        _starts.Clear();
        _lastTick = now;
        _heldUntil = now + 2_000;
        Jobs.ForEach(job => job.ReadySince = 0);
        foreach (var job in Jobs.Where(job => job.Run is not null))
        {
            var run = job.Run!;
            run.SeenAtPoll = null;
            run.ExpiresAt = now + LeaseMs;
        }

        foreach (var job in unwritten.Select(Find))
        {
            job.Unwritten = job.Run;
            job.Run = null;
            job.State = JobState.Waiting;
            job.StartedCount--;
            job.LastRun = job.PreviousRun;
        }
    }

    /// <summary>Sets the clock back: holds keep their remaining time, and no start is later than now.</summary>
    private void SetClockBack(long byMs, long now)
    {
        _heldUntil -= byMs;
        var ahead = Math.Max(0, _starts.DefaultIfEmpty(now).Max() - now);
        for (var i = 0; i < _starts.Count; i++) _starts[i] -= ahead;
    }

    private static void Run(ModelJob job, ModelRun run)
    {
        job.Run = run;
        job.PreviousRun = job.LastRun;
        job.LastRun = run.Lease.Run;
        job.State = JobState.Active;
        job.StartedCount++;
        job.Unwritten = null;
    }

    private static void MakeReady(ModelJob job, long now)
    {
        job.State = JobState.Waiting;
        job.ReadyAt = null;
        job.ReadySince = now;
    }

    private static void Delay(ModelJob job, long readyAt)
    {
        job.State = JobState.Delayed;
        job.ReadyAt = readyAt;
    }

    private static void End(ModelJob job, JobState state, long now)
    {
        job.State = state;
        job.ReadyAt = null;
        job.EndedAt = now;
    }

    private static void Stall(ModelJob job, long now)
    {
        var cancelled = job.Run!.CancelRequested;
        job.Run = null;
        if (cancelled) End(job, JobState.Cancelled, now);
        else if (++job.StalledCount > 1) End(job, JobState.Failed, now);
        else job.State = JobState.Waiting;
    }

    private void ApplyOutcome(ModelJob job, JobReport report, long now, long? retryAt)
    {
        var delayMs = (long)(report.Delay ?? TimeSpan.Zero).TotalMilliseconds;
        switch (report.Outcome)
        {
            case JobOutcomeKind.Completed:
                job.AttemptsMade++;
                End(job, JobState.Completed, now);
                break;
            case JobOutcomeKind.Cancelled:
                End(job, JobState.Cancelled, now);
                break;
            case JobOutcomeKind.Snoozed:
                Delay(job, now + Math.Max(100, delayMs));
                break;
            case JobOutcomeKind.ProviderLimited or JobOutcomeKind.HandedBack:
                job.State = JobState.Waiting;
                break;
            case JobOutcomeKind.Failed when ++job.AttemptsMade < job.Job.Attempts:
                Delay(job, now + BackoffMs(job, now, retryAt));
                job.SortKey = SortKeyFrom(job, job.ReadyAt!.Value);
                break;
            default:
                if (report.Outcome == JobOutcomeKind.FailedForGood) job.AttemptsMade++;
                End(job, JobState.Failed, now);
                break;
        }
    }

    private static long BackoffMs(ModelJob job, long now, long? retryAt)
    {
        var longest = job.Job.BackoffMs * (job.Job.Backoff == BackoffKind.Fixed ? 1 : 1L << (job.AttemptsMade - 1));
        if (job.Job.Jitter == 0) return longest;
        Assert.InRange(retryAt!.Value - now, (long)(longest * (1 - job.Job.Jitter)), longest);
        return retryAt.Value - now;
    }

    private ModelJob Create(Job job)
    {
        var created = new ModelJob(job);
        created.SortKey = SortKeyFrom(created, job.ReadyAt ?? job.AcceptedAt);
        if (job.ReadyAt is { } readyAt) Delay(created, readyAt);
        return created;
    }

    private bool MayStart(ModelJob job) => job.Job.OrderKey is null || Open
        .Where(other => other != job && other.Job.OrderKey == job.Job.OrderKey)
        .All(other => other.State != JobState.Active && job.Job.OrderNumber < other.Job.OrderNumber);

    private long SortKeyFrom(ModelJob job, long accepted)
    {
        var others = Open.Concat(Prepared)
            .Where(other => other != job && other.Job.UserId == job.Job.UserId)
            .Sum(other => (long)other.Job.Cost);
        return accepted + ((job.Priority - 1) * 2_000L) + (others * 5_000L / job.Job.Weight);
    }
}
