using System.Collections.Immutable;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace JubileeVerse.Queues;

/// <summary>
/// One queue. It loads, asks <see cref="QueueState"/>, writes what that says, tells.
/// </summary>
/// <remarks>
/// <para>Reentrant, because polls wait in it for work and reports wait for their commit. That is safe as every decision is taken
/// between two awaits on <see cref="QueueState"/>, which is complete by itself; no field is read again after an await in the belief that
/// it has not changed.</para>
/// <para>Memory runs ahead of the store: a job is active, or has ended, here before its row says so. A report is answered after its
/// commit, so nothing is told that is not stored. When a write fails this activation goes, and the next one starts from the rows and
/// from what the workers say they hold.</para>
/// <para>A second activation raises the epoch; from then on every write of this one fails.</para>
/// </remarks>
[GrainType("queue"), Reentrant, RandomPlacement, Immovable]
internal sealed partial class QueueGrain(
    IJobStore store,
    JobChanges changes,
    JobEnds ends,
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
    ILogger<QueueGrain> logger) : Grain, IQueueGrain, IQueueIntake, IQueueSchedules, IQueueNotes, IQueueAdmin, IQueueChannel
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>A timer of its own and not the grain's: those stop when a deactivation begins, which then waits for the polls.</summary>
    private static readonly TimeSpan PollPatience = TimeSpan.FromMilliseconds(1750);
    private const int LoadChunk = 1000;

    private readonly Dictionary<string, PollWaiter> _waiters = [];
    private readonly WorkerList _workers = new();
    private readonly HashSet<string> _restored = [];
    private readonly RecentJobs _recent = new();
    private QueueState _state = null!;
    private IGrainTimer? _wake;
    private string _name = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _name = this.GetPrimaryKeyString();
        var head = await store.RaiseEpochAsync(_name, cancellationToken);
        await changes.OpenAsync(_name, head.Epoch, onStale: Retire, cancellationToken);
        _controls = head.Controls;
        _state = new QueueState(QueueRules.Default, _controls.Over(queues.Of(_name)), head.Epoch, head.Paused);
        OpenChannel(head.Epoch);
        await LoadAsync(cancellationToken);
        ends.Open(_name, id => _state.Standing(id, time.NowMs()) is not null);
        await claims.OpenAsync(_name, cancellationToken);
        _newJobs = new NewJobs(_name, () => queues.Of(_name));
        await LoadSchedulesAsync(cancellationToken);
        Record(_state.Settle(time.NowMs()));
        foreach (var id in _leftOver)
            DeleteDoomedAsync(id).Ignore();
        _state.AwaitWorkers(time.NowMs());
        ReleaseDead(time.NowMs());

        _wake = this.RegisterGrainTimer(Wake, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true, KeepAlive = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var waiter in _waiters.Values)
            waiter.Complete();
        _channel?.Leave(ChannelName);
        await changes.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public Task<ImmutableArray<JobStanding>> OfferAsync(ImmutableArray<Job> jobs, CancellationToken cancellationToken)
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
        return Task.FromResult(jobs.Select(job => _state.Standing(job.Id, now)).OfType<JobStanding>().ToImmutableArray());
    }

    public async Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (poll.IsPartial && !_workers.Contains(poll.Worker))
            return new PollResult([], [], _state.LoadOf(now)) { TakesBatches = true, NeedsList = true };

        var check = poll.IsPartial ? PollCheck.None : _state.Poll(poll.Worker, poll.Number, poll.Held, now);
        Record(check.Changes);
        Heard(poll, now);

        var waiter = new PollWaiter(poll);
        if (_waiters.Remove(poll.Worker, out var older))
            older.Complete();
        _waiters[poll.Worker] = waiter;
        using var hungUp = cancellationToken.Register(waiter.Complete);
        Dispatch();

        ImmutableArray<RevokedLease> revoked = [.. check.Revoked, .. _state.StopsOf(poll.Worker)];
        if (!revoked.IsEmpty || poll.Slots == 0 || _retired)
            waiter.Complete();
        await waiter.WaitAsync(PollPatience, time);
        if (_waiters.GetValueOrDefault(poll.Worker) == waiter)
            _waiters.Remove(poll.Worker);

        if (revoked.IsEmpty)
            revoked = _state.StopsOf(poll.Worker);
        await waiter.StartsWritten;
        return new PollResult(await GrantsAsync(waiter.Starts), revoked, _state.LoadOf(time.NowMs())) { TakesBatches = true };
    }

    public async Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken) =>
        (await ReportManyAsync([report], cancellationToken))[0];

    public async Task<ImmutableArray<bool>> ReportManyAsync(ImmutableArray<JobReport> reports, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var recorded = reports.Select(report => _state.Report(report, now)).ToArray();
        var written = Task.WhenAll(recorded.OfType<JobChange>().Select(changes.Write).Distinct());
        foreach (var change in recorded.OfType<JobChange>())
            Follow(change);
        Dispatch();
        await written;
        foreach (var change in recorded.OfType<JobChange>())
            Announce(change, now);
        return [.. recorded.Select(change => change is not null)];
    }

    public async Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var result = _state.Cancel(id, time.NowMs());
        if (result.Change is not { } change)
            return false;

        var written = changes.Write(change);
        Stop(result.Worker);
        if (change.Event is not null)
            Follow(change);
        Dispatch();
        await written;
        Announce(change, time.NowMs());
        return true;
    }

    public Task<JobStanding?> StandingAsync(JobId id, CancellationToken cancellationToken) =>
        Task.FromResult(_state.Standing(id, time.NowMs()));

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
        string[] others = [.. silos.Active.Where(other => other != worker)];
        if (worker != silo.SiloAddress.ToParsableString() || others.Length == 0)
            return Task.FromResult(false);

        if (!_retired)
        {
            LogLeaves(_name, worker);
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
                Tell(paused ? QueueEventKind.Paused : QueueEventKind.Resumed);
            Dispatch();
        }

        return await GetAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        await foreach (var rows in store.LoadAsync(_name, now - QueueRules.Default.EndedKeptMs, cancellationToken).Chunk(LoadChunk).WithCancellation(cancellationToken))
        {
            foreach (var row in rows.Where(row => row.LeaseWorker is not null))
                _restored.Add(row.LeaseWorker!);
            Record(_state.Load(rows, now));
            _leftOver.AddRange(rows.Where(row => row is { EndedAt: not null, Stop: StopRequest.Remove }).Select(row => row.Id));
        }
    }

    /// <summary>The payloads of what was just granted; those of new jobs are still in memory.</summary>
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
            if (!_recent.TryGet(start.Id, out var job) && !changes.TryGetPacked(start.Id, out job) && !loaded.TryGetValue(start.Id, out job))
                continue; // Its row is gone, so it was purged while it waited; the lease is freed when no list names it.
            grants.Add(new JobGrant(job, start.Lease, start.Attempt));
            if (start.IsFirst)
                instruments.JobFirstStarted(_name, job.Priority, Math.Max(0, now - start.ReadyAtMs) / 1000.0);
        }

        return grants.ToImmutable();
    }

    private bool IsInMemory(JobId id) => _recent.TryGet(id, out _) || changes.TryGetPacked(id, out _);

    private void Heard(WorkerPoll poll, long now)
    {
        if (_workers.Hear(poll, now) && silos.Active.All(_workers.Contains))
            _state.WorkersHeard();
    }
}
