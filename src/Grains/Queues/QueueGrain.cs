using System.Collections.Immutable;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace JubileeVerse.Queues;

/// <summary>
/// One queue. It loads the stored jobs, lets <see cref="QueueState"/> decide, writes the resulting changes, and notifies those concerned.
/// </summary>
/// <remarks>
/// <para>The grain is reentrant, because polls wait in it for work and reports wait for their commit. This is safe, because every decision
/// is made synchronously by <see cref="QueueState"/> between two awaits, and no code assumes that a field is unchanged after an
/// await.</para>
/// <para>Memory runs ahead of the store: a job is active or has ended in memory before its row is written. A call that reports a run
/// returns after the commit, and listeners are notified after it, so no result is acknowledged that is not stored. When a write fails,
/// this activation retires, and the next one starts from the rows and from the leases that the workers list.</para>
/// <para>A second activation raises the epoch. From then on, every write of this one fails.</para>
/// </remarks>
[GrainType("queue"), Reentrant, RandomPlacement, Immovable]
internal sealed partial class QueueGrain(
    IJobStore store,
    JobChanges changes,
    EndNotifier endNotifier,
    JobClaims claims,
    JobRetention retention,
    IScheduleStore schedules,
    NoteStore notes,
    IGatewayOutboxes outboxes,
    SiloLiveness silos,
    ILocalSiloDetails silo,
    QueueCatalog queues,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<QueueGrain> logger)
    : Grain, IQueueGrain, IQueueIntakeGrain, IQueueSchedulesGrain, IQueueNotesGrain, IQueueAdminGrain, IQueueChannelGrain
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The timeout of a poll without work. It does not use a grain timer, because grain timers stop when a deactivation begins, and the
    /// deactivation waits for the polls.
    /// </summary>
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(1750);
    private const int LoadChunk = 1000;

    private readonly Dictionary<string, PollWaiter> _waiters = [];
    private readonly WorkerRegistry _workers = new();
    private readonly HashSet<string> _restoredWorkers = [];
    private readonly RecentJobs _recent = new();
    private QueueState _state = null!;
    private IGrainTimer? _dispatchTimer;
    private string _name = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _name = this.GetPrimaryKeyString();
        var head = await store.RaiseEpochAsync(_name, cancellationToken);
        await changes.OpenAsync(_name, head.Epoch, onStale: Retire, cancellationToken);
        _controls = head.Controls;
        _state = new QueueState(QueueRules.Default, _controls.ApplyTo(queues.OptionsFor(_name)), head.Epoch, head.Paused);
        OpenChannel(head.Epoch);
        await LoadAsync(cancellationToken);
        endNotifier.Open(_name, id => _state.StatusOf(id, time.NowMs()) is not null);
        await claims.OpenAsync(_name, cancellationToken);
        _newJobs = new NewJobValidator(_name, () => queues.OptionsFor(_name));
        await LoadSchedulesAsync(cancellationToken);
        Record(_state.Settle(time.NowMs()));
        foreach (var id in _pendingDeletes)
            DeleteAfterEndAsync(id).Ignore();
        _state.AwaitWorkers(time.NowMs());
        ReleaseDeadWorkers(time.NowMs());

        _dispatchTimer = this.RegisterGrainTimer(
            OnDispatchTimerAsync,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true, KeepAlive = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var waiter in _waiters.Values)
            waiter.Complete();
        _channel?.SendMoved(ChannelName);
        await changes.FlushAsync()
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public Task<ImmutableArray<JobStatus>> OfferAsync(ImmutableArray<Job> jobs, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        foreach (var job in jobs)
        {
            if (_state.Accept(job, now) is not { Kind: AcceptKind.Accepted, Change: { } change })
                continue;
            _recent.Add(job);
            Record(change);
        }

        Dispatch();
        return Task.FromResult(jobs.Select(job => _state.StatusOf(job.Id, now)).OfType<JobStatus>().ToImmutableArray());
    }

    public async Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (poll.IsPartial && !_workers.Contains(poll.Worker))
            return new PollResult([], [], _state.LoadOf(now)) { SupportsBatches = true, NeedsFullPoll = true };

        var check = poll.IsPartial ? PollCheck.None : _state.Poll(poll.Worker, poll.Number, poll.Held, now);
        Record(check.Changes);
        RecordPoll(poll, now);

        var waiter = new PollWaiter(poll);
        if (_waiters.Remove(poll.Worker, out var older))
            older.Complete();
        _waiters[poll.Worker] = waiter;
        using var cancellation = cancellationToken.Register(waiter.Complete);
        Dispatch();

        ImmutableArray<RevokedLease> revoked = [.. check.Revoked, .. _state.StopsOf(poll.Worker)];
        if (!revoked.IsEmpty || poll.Slots == 0 || _retired)
            waiter.Complete();
        await waiter.WaitAsync(PollTimeout, time);
        if (_waiters.GetValueOrDefault(poll.Worker) == waiter)
            _waiters.Remove(poll.Worker);

        if (revoked.IsEmpty)
            revoked = _state.StopsOf(poll.Worker);
        await waiter.StartsWritten;
        return new PollResult(await GrantsAsync(waiter.Starts), revoked, _state.LoadOf(time.NowMs())) { SupportsBatches = true };
    }

    public async Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken) =>
        (await ReportManyAsync([report], cancellationToken))[0];

    public async Task<ImmutableArray<bool>> ReportManyAsync(ImmutableArray<JobReport> reports, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var decided = reports.Select(report => _state.Report(report, now)).ToArray();
        var written = Task.WhenAll(decided.OfType<JobChange>().Select(changes.Write).Distinct());
        foreach (var change in decided.OfType<JobChange>())
            OnDecided(change);
        Dispatch();
        await written;
        foreach (var change in decided.OfType<JobChange>())
            OnCommitted(change, now);
        return [.. decided.Select(change => change is not null)];
    }

    public async Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var result = _state.Cancel(id, time.NowMs());
        if (result.Change is not { } change)
            return false;

        var written = changes.Write(change);
        CompletePoll(result.Worker);
        if (change.Event is not null)
            OnDecided(change);
        Dispatch();
        await written;
        OnCommitted(change, time.NowMs());
        return true;
    }

    public Task<JobStatus?> GetJobStatusAsync(JobId id, CancellationToken cancellationToken) =>
        Task.FromResult(_state.StatusOf(id, time.NowMs()));

    public async Task<QueueStatus> GetAsync(CancellationToken cancellationToken)
    {
        var ended = await store.CountEndedAsync(_name, cancellationToken);
        var open = _state.Counts(time.NowMs());
        return new QueueStatus(
            _name,
            open.Paused,
            open.Waiting,
            open.Active,
            open.Delayed,
            ended.Completed,
            ended.Failed,
            ended.Cancelled,
            open.WaitingByPriority,
            open.OldestWaitingSeconds,
            open.StartedPerSecond,
            _state.Limits)
        {
            Blocked = open.Blocked,
        };
    }

    public Task<ImmutableArray<QueueWorker>> WorkersAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_workers.Describe(_state.RunningOf, _state.Limits.ConcurrencyPerSilo));

    public Task<QueueStatus> PauseAsync(CancellationToken cancellationToken) => SetPausedAsync(true, cancellationToken);

    public Task<QueueStatus> ResumeAsync(CancellationToken cancellationToken) => SetPausedAsync(false, cancellationToken);

    public Task<bool> LeaveAsync(string worker)
    {
        string[] others = [.. silos.ActiveWorkers.Where(other => other != worker)];
        if (worker != silo.SiloAddress.ToParsableString() || others.Length == 0)
            return Task.FromResult(false);

        if (!_retired)
        {
            LogMoving(_name, worker);
            var target = SiloAddress.FromParsableString(others[Random.Shared.Next(others.Length)]);
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
            MigrateOnIdle();
            StopStarts();
        }

        return Task.FromResult(true);
    }

    private async Task<QueueStatus> SetPausedAsync(bool paused, CancellationToken cancellationToken)
    {
        if (_state.Paused != paused)
        {
            await changes.SetPausedAsync(paused);
            if (_state.SetPaused(paused))
                PublishQueueEvent(paused ? QueueEventKind.Paused : QueueEventKind.Resumed);
            Dispatch();
        }

        return await GetAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var chunks = store.LoadAsync(_name, now - QueueRules.Default.EndedRetentionMs, cancellationToken).Chunk(LoadChunk);
        await foreach (var rows in chunks.WithCancellation(cancellationToken))
        {
            foreach (var row in rows.Where(row => row.LeaseWorker is not null))
                _restoredWorkers.Add(row.LeaseWorker!);
            Record(_state.Load(rows, now));
            _pendingDeletes.AddRange(rows.Where(row => row is { EndedAt: not null, Stop: StopRequest.Remove }).Select(row => row.Id));
        }
    }

    /// <summary>Creates the grants with their payloads. Payloads that are not in memory are read from the store.</summary>
    private async Task<ImmutableArray<JobGrant>> GrantsAsync(ImmutableArray<JobStart> starts)
    {
        if (starts.IsEmpty)
            return [];

        JobId[] unknown = [.. starts.Select(start => start.Id).Where(id => !IsInMemory(id))];
        var loaded = unknown.Length == 0
            ? []
            : (await store.JobsAsync(_name, unknown, CancellationToken.None)).ToDictionary(job => job.Id);
        var now = time.NowMs();
        var grants = ImmutableArray.CreateBuilder<JobGrant>(starts.Length);
        foreach (var start in starts)
        {
            // A job without a row was deleted while it waited. Its lease is released, because no worker lists it.
            if (!_recent.TryGet(start.Id, out var job)
                && !changes.TryGetPacked(start.Id, out job)
                && !loaded.TryGetValue(start.Id, out job))
            {
                continue;
            }

            grants.Add(new JobGrant(job, start.Lease, start.Attempt));
            if (start.IsFirst)
                instruments.JobFirstStarted(_name, job.Priority, Math.Max(0, now - start.ReadyAtMs) / 1000.0);
        }

        return grants.ToImmutable();
    }

    private bool IsInMemory(JobId id) => _recent.TryGet(id, out _) || changes.TryGetPacked(id, out _);

    private void RecordPoll(WorkerPoll poll, long now)
    {
        if (_workers.RecordPoll(poll, now) && silos.ActiveWorkers.All(_workers.Contains))
            _state.AllWorkersPolled();
    }
}
