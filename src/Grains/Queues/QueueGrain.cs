using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace JubileeVerse.Queues;

/// <summary>
/// One queue. It loads the stored jobs, lets <see cref="QueueState"/> decide, writes the resulting changes, and notifies those concerned.
/// </summary>
/// <remarks>
/// <para>The grain owns the activation and passes each call to the part that handles it (<see cref="QueueParts"/>). A part decides, writes
/// the changes, publishes them and dispatches, in this order and in one method; <see cref="JobChangeRecorder"/> triggers what a change
/// affects beyond its job.</para>
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
    QueueActivator activator, SiloLiveness silos, ILocalSiloDetails silo, TimeProvider time, Random random, ILogger<QueueGrain> logger)
    : Grain, IQueueGrain, IQueueIntakeGrain, IQueueSchedulesGrain, IQueueNotesGrain, IQueueAdminGrain, IQueueChannelGrain
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private QueueParts _queue = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _queue = await activator.ActivateAsync(this.GetPrimaryKeyString(), DeactivateOnIdle, cancellationToken);
        _queue.Dispatcher.Open(this.RegisterGrainTimer(
            OnDispatchTimerAsync,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true }));
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true, KeepAlive = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // The activation has failed, so no call waits in it and no gateway has attached to it.
        if (_queue is null)
            return;

        _queue.Polls.CompleteAll();
        _queue.Events.SendMoved();
        await _queue.Context.Changes.FlushAsync()
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public Task<ImmutableArray<JobStatus>> OfferAsync(ImmutableArray<Job> jobs, CancellationToken cancellationToken) =>
        Task.FromResult(_queue.Intake.Offer(jobs));

    public Task<PollResult> PollAsync(WorkerPoll poll, CancellationToken cancellationToken) =>
        _queue.Dispatcher.PollAsync(poll, cancellationToken);

    public async Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken) =>
        (await _queue.Dispatcher.ReportAsync([report]))[0];

    public Task<ImmutableArray<bool>> ReportManyAsync(ImmutableArray<JobReport> reports, CancellationToken cancellationToken) =>
        _queue.Dispatcher.ReportAsync(reports);

    public Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken) => _queue.Jobs.TryCancelAsync(id);

    public Task<JobStatus?> GetJobStatusAsync(JobId id, CancellationToken cancellationToken) =>
        Task.FromResult(_queue.Context.StatusOf(id));

    public Task<QueueStatus> GetAsync(CancellationToken cancellationToken) => _queue.Operations.GetAsync(cancellationToken);

    public Task<ImmutableArray<QueueWorker>> WorkersAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_queue.Dispatcher.Workers);

    public Task<QueueStatus> PauseAsync(CancellationToken cancellationToken) =>
        _queue.Operations.SetPausedAsync(true, cancellationToken);

    public Task<QueueStatus> ResumeAsync(CancellationToken cancellationToken) =>
        _queue.Operations.SetPausedAsync(false, cancellationToken);

    public Task<bool> LeaveAsync(string worker)
    {
        string[] others = [.. silos.ActiveWorkers.Where(other => other != worker)];
        if (worker != silo.SiloAddress.ToParsableString() || others.Length == 0)
            return Task.FromResult(false);

        if (!_queue.Lifetime.IsStopped)
        {
            LogMoving(_queue.Context.Name, worker);
            var target = SiloAddress.FromParsableString(others[random.Next(others.Length)]);
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
            MigrateOnIdle();
            _queue.Lifetime.Stop();
        }

        return Task.FromResult(true);
    }

    public Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken) =>
        _queue.Intake.AddAsync(jobs);

    public Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken) => _queue.Intake.AddFlowAsync(flow);

    public Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken) => _queue.Intake.WaitAsync(id, cancellationToken);

    public Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken) =>
        _queue.Scheduler.UpsertAsync(schedule, cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => _queue.Scheduler.RemoveAsync(id, cancellationToken);

    public Task<ImmutableArray<ScheduleView>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(_queue.Scheduler.All);

    public Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_queue.Scheduler.Find(id));

    public Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken) => _queue.Events.NoteAsync(note, cancellationToken);

    public Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken) =>
        _queue.Operations.ChangeLimitsAsync(change, cancellationToken);

    public Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken) => ChangeLimitsAsync(
        new LimitsChange
        {
            ConcurrencyPerSilo = new NewLimit(limits.ConcurrencyPerSilo),
            StartsPerSecond = new NewLimit(limits.StartsPerSecond),
            Concurrency = new NewLimit(limits.Concurrency),
        },
        cancellationToken);

    public Task StoreRowsAsync(CancellationToken cancellationToken) => _queue.Jobs.StoreRowsAsync(cancellationToken);

    public Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken) => _queue.Jobs.RetryAsync(id, cancellationToken);

    public Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken) => _queue.Jobs.PromoteAsync(id);

    public Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken) => _queue.Jobs.CancelAsync(id);

    public Task<JobView> SetJobPriorityAsync(JobId id, int priority, CancellationToken cancellationToken) =>
        _queue.Jobs.SetPriorityAsync(id, priority);

    public Task<JobView> RemoveJobAsync(JobId id, CancellationToken cancellationToken) => _queue.Jobs.RemoveAsync(id, cancellationToken);

    public async Task<QueueStatus> DrainAsync(bool delayed, CancellationToken cancellationToken)
    {
        await _queue.Purge.DrainAsync(delayed);
        return await GetAsync(cancellationToken);
    }

    public Task<ImmutableArray<JobId>> CleanAsync(JobState state, TimeSpan grace, int limit, CancellationToken cancellationToken) =>
        _queue.Purge.CleanAsync(state, grace, limit);

    public async Task<QueueStatus> ObliterateAsync(bool force, CancellationToken cancellationToken)
    {
        await _queue.Purge.ObliterateAsync(force, cancellationToken);
        return await GetAsync(cancellationToken);
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset) =>
        Task.FromResult(_queue.Events.Attach(gateway, epoch, offset));

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _queue.Events.Detach(gateway, generation);
        return Task.CompletedTask;
    }

    private Task OnDispatchTimerAsync(CancellationToken cancellationToken)
    {
        _queue.Dispatcher.Dispatch();
        return Task.CompletedTask;
    }

    private Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();

        // Maintenance starts first, so that an exception below does not skip it. It is not awaited, because the next tick waits for this
        // one and must not wait for a slow store or an unresponsive listener.
        _queue.Maintenance.Start(now, cancellationToken);

        _queue.Operations.ApplyLimits();
        _queue.Recorder.Record(_queue.Context.State.Tick(now));
        _queue.Dispatcher.ReleaseDeadWorkers(now);
        if (_queue.Context.State.Runs.LeaseNumbersExhausted)
            _queue.Lifetime.Retire();
        _queue.Dispatcher.Dispatch();
        _queue.Events.NotifyRankChanges(now);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue} moves to another silo, because silo {Worker} is shutting down.")]
    private partial void LogMoving(string queue, string worker);
}
