using System.Collections.Immutable;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Dispatch;

/// <summary>Grants the jobs of a queue to the workers that poll it, records their reports, and detects dead workers.</summary>
internal sealed partial class QueueDispatcher(
    QueueContext queue,
    JobChangeRecorder recorder,
    QueueEventPublisher events,
    PollWaiters polls,
    QueueLifetime lifetime,
    SiloLiveness silos,
    QueueInstruments instruments,
    ILogger logger)
{
    /// <summary>
    /// The timeout of a poll without work. It does not use a grain timer, because grain timers stop when a deactivation begins, and the
    /// deactivation waits for the polls.
    /// </summary>
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(1750);

    /// <summary>The maximum delay of the dispatch timer, because timers do not support 50 days. A tick dispatches later jobs.</summary>
    private const long MaxDispatchDelayMs = 60_000;

    private readonly WorkerRegistry _workers = new();
    private readonly HashSet<string> _restoredWorkers = [];
    private IGrainTimer? _timer;
    private bool _isCompletingPolls;

    /// <summary>The workers that have polled the queue.</summary>
    public ImmutableArray<QueueWorker> Workers =>
        _workers.Describe(queue.State.Runs.RunningOf, queue.State.Limits.ConcurrencyPerSilo);

    /// <summary>
    /// Records that a worker has a lease of a former activation, so that its silo's death is detected before its first poll.
    /// </summary>
    public void RestoreWorker(string worker) => _restoredWorkers.Add(worker);

    /// <summary>Sets the timer whose callback calls <see cref="Dispatch"/>, for the next instant at which a job can start.</summary>
    public void Open(IGrainTimer timer) => _timer = timer;

    public async Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken)
    {
        var now = queue.NowMs();
        if (poll.IsPartial && !_workers.Contains(poll.Worker))
            return new PollResult([], [], queue.State.LoadOf(now)) { SupportsBatches = true, NeedsFullPoll = true };

        var runs = queue.State.Runs;
        var check = poll.IsPartial ? PollCheck.None : runs.Poll(poll.Worker, poll.Number, poll.Held, now);
        recorder.Record(check.Changes);
        RecordPoll(poll, now);

        var waiter = new PollWaiter(poll);
        polls.Add(waiter);
        using var cancellation = cancellationToken.Register(waiter.Complete);
        Dispatch();

        ImmutableArray<RevokedLease> revoked = [.. check.Revoked, .. runs.StopsOf(poll.Worker)];
        if (!revoked.IsEmpty || poll.Slots == 0 || lifetime.IsStopped)
            waiter.Complete();
        await waiter.WaitAsync(PollTimeout, queue.Time);
        polls.Remove(waiter);

        if (revoked.IsEmpty)
            revoked = runs.StopsOf(poll.Worker);
        await waiter.StartsWritten;
        return new PollResult(await GrantsAsync(waiter.Starts), revoked, queue.State.LoadOf(queue.NowMs())) { SupportsBatches = true };
    }

    /// <summary>
    /// Records the results of runs; completes after the commit. False for a run whose lease is not the job's current one.
    /// </summary>
    public async Task<ImmutableArray<bool>> ReportAsync(ImmutableArray<JobReport> reports)
    {
        var now = queue.NowMs();
        var decided = reports.Select(report => queue.State.Runs.Report(report, now)).ToArray();
        var written = Task.WhenAll(decided.OfType<JobChange>().Select(queue.Changes.Write).Distinct());
        foreach (var change in decided.OfType<JobChange>())
            recorder.OnDecided(change);
        Dispatch();
        await written;
        foreach (var change in decided.OfType<JobChange>())
            recorder.OnCommitted(change, now);
        return [.. decided.Select(change => change is not null)];
    }

    /// <summary>
    /// Assigns startable jobs to waiting polls, one job at a time to the worker with the fewest active jobs, so that the load spreads
    /// evenly. A worker that waits alone gets its share of the startable jobs, because the other workers poll again in a moment.
    /// The polls complete after a yield, so that one result also contains the jobs that arrive in the meantime.
    /// </summary>
    public void Dispatch()
    {
        if (lifetime.IsStopped)
            return;

        var now = queue.NowMs();
        var limit = polls.Count == 1 ? Math.Max(1, queue.State.Startable / _workers.Count) : 1;
        var assigned = true;
        while (assigned)
            assigned = polls.LeastLoaded(queue.State.Runs.RunningOf) is { } waiter && Assign(waiter, limit, now) && polls.Count > 1;

        events.PublishIfDrained();
        if (!_isCompletingPolls && polls.HasStarts)
        {
            _isCompletingPolls = true;
            CompletePollsAsync().Ignore();
        }

        if (queue.State.NextStartMs(now) is { } next && next > now)
            _timer?.Change(TimeSpan.FromMilliseconds(Math.Min(next - now, MaxDispatchDelayMs)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Makes the jobs of workers whose silo is dead ready again at once, without waiting for their leases to expire.
    /// </summary>
    public void ReleaseDeadWorkers(long now)
    {
        var known = _workers.Names.Concat(_restoredWorkers);
        foreach (var worker in known.Where(worker => silos.IsDead(worker, _workers.Contains(worker))).ToArray())
        {
            var released = queue.State.Runs.WorkerDied(worker, now);
            _workers.Remove(worker);
            _restoredWorkers.Remove(worker);
            if (released.IsEmpty)
                continue;
            LogWorkerDied(worker, queue.Name, released.Length);
            foreach (var _ in released)
                instruments.JobStalled(queue.Name);
            recorder.Record(released);
        }
    }

    /// <summary>Assigns startable jobs to a poll. False: no job may start, or the worker has no free slot.</summary>
    private bool Assign(PollWaiter waiter, int limit, long now)
    {
        var take = queue.State.Take(waiter.Poll.Worker, Math.Min(limit, waiter.RemainingCapacity), waiter.Poll.Number, now);
        foreach (var change in take.Changes)
        {
            if (change.Event == JobEvent.Started && !queue.TryGetJob(change.Id, out _))
                waiter.AddWrite(WriteStartAsync(change));
            else
                recorder.Record(change);
        }

        waiter.Add(take.Starts);
        return !take.Starts.IsEmpty;
    }

    /// <summary>
    /// Writes the start of a job that is not in memory, and completes when it is stored. Such a job has survived a restart that its own run
    /// may have caused. Storing the start before granting the job counts a run that crashes its process immediately, so that the job
    /// eventually fails instead of crashing one process after another.
    /// </summary>
    private Task WriteStartAsync(JobChange start)
    {
        recorder.OnDecided(start);
        return queue.Changes.Write(start);
    }

    private async Task CompletePollsAsync()
    {
        await Task.Yield();
        _isCompletingPolls = false;
        polls.CompleteStarted();
    }

    /// <summary>Creates the grants with their payloads. Payloads that are not in memory are read from the store.</summary>
    private async Task<ImmutableArray<JobGrant>> GrantsAsync(ImmutableArray<JobStart> starts)
    {
        if (starts.IsEmpty)
            return [];

        JobId[] unknown = [.. starts.Select(start => start.Id).Where(id => !queue.TryGetJob(id, out _))];
        var loaded = unknown.Length == 0
            ? []
            : (await queue.Store.JobsAsync(queue.Name, unknown, CancellationToken.None)).ToDictionary(job => job.Id);
        var now = queue.NowMs();
        var grants = ImmutableArray.CreateBuilder<JobGrant>(starts.Length);
        foreach (var start in starts)
        {
            // A job without a row was deleted while it waited. Its lease is released, because no worker lists it.
            if (!queue.TryGetJob(start.Id, out var job) && !loaded.TryGetValue(start.Id, out job))
                continue;

            grants.Add(new JobGrant(job, start.Lease, start.Attempt));
            if (start.IsFirst)
                instruments.JobFirstStarted(queue.Name, job.Priority, Math.Max(0, now - start.ReadyAtMs) / 1000.0);
        }

        return grants.ToImmutable();
    }

    private void RecordPoll(WorkerPoll poll, long now)
    {
        if (_workers.RecordPoll(poll, now) && silos.ActiveWorkers.All(_workers.Contains))
            queue.State.AllWorkersPolled();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} of queue {Queue} is dead; {JobCount} of its jobs are ready again.")]
    private partial void LogWorkerDied(string worker, string queue, int jobCount);
}
