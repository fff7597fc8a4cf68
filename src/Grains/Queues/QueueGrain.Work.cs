using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>Dispatch, ticks, dead workers, and the effects of changes.</content>
internal sealed partial class QueueGrain
{
    /// <summary>The maximum delay of the dispatch timer, because timers do not support 50 days. A tick dispatches later jobs.</summary>
    private const long MaxDispatchDelayMs = 60_000;

    private bool _isCompletingPolls;
    private bool _retired;

    /// <summary>
    /// Assigns startable jobs to waiting polls, one job at a time to the worker with the fewest active jobs, so that the load spreads
    /// evenly. A worker that waits alone gets its share of the startable jobs, because the other workers poll again in a moment.
    /// The polls complete after a yield, so that one result also contains the jobs that arrive in the meantime.
    /// </summary>
    private void Dispatch()
    {
        if (_retired)
            return;

        var now = time.NowMs();
        var limit = _waiters.Count == 1 ? Math.Max(1, _state.Startable / _workers.Count) : 1;
        var assigned = true;
        while (assigned)
            assigned = LeastLoaded() is { } waiter && Assign(waiter, limit, now) && _waiters.Count > 1;

        PublishIfDrained();
        if (!_isCompletingPolls && _waiters.Values.Any(waiter => !waiter.Starts.IsEmpty))
        {
            _isCompletingPolls = true;
            CompletePollsAsync().Ignore();
        }

        if (_state.NextStartMs(now) is { } next && next > now)
            _dispatchTimer?.Change(TimeSpan.FromMilliseconds(Math.Min(next - now, MaxDispatchDelayMs)), Timeout.InfiniteTimeSpan);
    }

    private PollWaiter? LeastLoaded() =>
        _waiters.Values.Where(waiter => waiter.RemainingCapacity > 0).MinBy(waiter => _state.RunningOf(waiter.Poll.Worker));

    /// <summary>Assigns startable jobs to a poll. False: no job may start, or the worker has no free slot.</summary>
    private bool Assign(PollWaiter waiter, int limit, long now)
    {
        var take = _state.Take(waiter.Poll.Worker, Math.Min(limit, waiter.RemainingCapacity), waiter.Poll.Number, now);
        foreach (var change in take.Changes)
        {
            if (change.Event == JobEvent.Started && !IsInMemory(change.Id))
                waiter.AddWrite(WriteStartAsync(change));
            else
                Record(change);
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
        OnDecided(start);
        return changes.Write(start);
    }

    private async Task CompletePollsAsync()
    {
        await Task.Yield();
        _isCompletingPolls = false;
        foreach (var waiter in _waiters.Values.Where(waiter => !waiter.Starts.IsEmpty).ToArray())
        {
            _waiters.Remove(waiter.Poll.Worker);
            waiter.Complete();
        }
    }

    private Task OnDispatchTimerAsync(CancellationToken cancellationToken)
    {
        Dispatch();
        return Task.CompletedTask;
    }

    private Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();

        // Maintenance starts first, so that an exception below does not skip it. It is not awaited, because the next tick waits for this
        // one and must not wait for a slow store or an unresponsive listener.
        Maintain(cancellationToken);
        ApplyRetentionAsync(now, cancellationToken).Ignore();

        ApplyLimits();
        Record(_state.Tick(now));
        ReleaseDeadWorkers(now);
        if (_state.LeaseNumbersExhausted)
            Retire();
        Dispatch();
        NotifyRankChanges(now);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Makes the jobs of workers whose silo is dead ready again at once, without waiting for their leases to expire.
    /// </summary>
    private void ReleaseDeadWorkers(long now)
    {
        var known = _workers.Names.Concat(_restoredWorkers);
        foreach (var worker in known.Where(worker => silos.IsDead(worker, _workers.Contains(worker))).ToArray())
        {
            var released = _state.WorkerDied(worker, now);
            _workers.Remove(worker);
            _restoredWorkers.Remove(worker);
            if (released.IsEmpty)
                continue;
            LogWorkerDied(worker, _name, released.Length);
            foreach (var _ in released)
                instruments.JobStalled(_name);
            Record(released);
        }
    }

    private void Record(ImmutableArray<JobChange> decided)
    {
        foreach (var change in decided)
            Record(change);
    }

    /// <summary>Writes a change that no caller awaits. An end takes effect when it is stored.</summary>
    private void Record(JobChange change)
    {
        OnDecided(change);
        if (change.Event == JobEvent.Started)
        {
            changes.WriteStart(change);
            return;
        }

        var written = changes.Write(change);
        if (change.EndedAt is not null)
            OnCommittedAsync(written, change, time.NowMs()).Ignore();
        else
            written.Ignore();
    }

    /// <summary>
    /// Triggers the effects of a change beyond its job as soon as the change is decided. Every change must pass through this method, and
    /// every end also through <see cref="OnEndStored"/> when it is stored.
    /// </summary>
    private void OnDecided(JobChange change, string? name = null)
    {
        PublishChange(change, name);
        if ((change.State == JobState.Active || change.EndedAt is not null) && _schedules.TryFind(change.Id, out _))
            AddNextAsync(change.Id).Ignore();
    }

    /// <summary>Completes the worker's waiting poll, if any, so that the worker receives a stop request without delay.</summary>
    private void CompletePoll(string? worker)
    {
        if (worker is not null && _waiters.TryGetValue(worker, out var waiter))
            waiter.Complete();
    }

    private async Task OnCommittedAsync(Task written, JobChange change, long decidedAt)
    {
        await written;
        OnCommitted(change, decidedAt);
    }

    /// <summary>
    /// Triggers the effects of a stored change. The delay of a retry counts from the decision, whatever part of it the commit has taken.
    /// </summary>
    private void OnCommitted(JobChange change, long decidedAt)
    {
        if (change.EndedAt is not null)
            OnEndStored(change).Ignore();
        if (change is { EndedAt: not null, Stop: StopRequest.Remove })
            DeleteAfterEndAsync(change.Id).Ignore();
        else if (change.EndedAt is not null && !change.Acknowledged)
            endNotifier.EnqueueEnded(change);
        else if (change is { Event: JobEvent.AttemptFailed, ReadyAt: { } readyAt })
            endNotifier.NotifyRetrying(change, TimeSpan.FromMilliseconds(Math.Max(0, readyAt - decidedAt)));
    }

    /// <summary>
    /// Triggers the effects of an end that is stored, or of a row that is deleted: waiting calls, the parent and the claims. The listener
    /// is notified separately. Completes when the claims are updated.
    /// </summary>
    private Task OnEndStored(JobChange change)
    {
        _recent.Remove(change.Id);
        _completionWaiters.Complete(change.Id, change.State);
        UpdateParent(change);

        // When an operator's retry preceded the commit of the end and replaced it, the job is open and its claims stay.
        return change.EndedAt is { } endedAt && !IsOpen(change.Id)
            ? claims.EndedAsync(change.Id, change.State, endedAt)
            : Task.CompletedTask;
    }

    /// <summary>
    /// Deactivates this grain and stops dispatching: a newer activation exists, memory and store may differ after a failed write, or the
    /// lease numbers of this epoch are used up.
    /// </summary>
    private void Retire()
    {
        if (_retired)
            return;
        LogRetired(_name);
        DeactivateOnIdle();
        StopStarts();
    }

    /// <summary>
    /// Stops dispatching and completes all waiting calls, because a deactivation waits for the calls in progress.
    /// </summary>
    private void StopStarts()
    {
        _retired = true;
        _completionWaiters.ReleaseAll();
        foreach (var waiter in _waiters.Values)
            waiter.Complete();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} of queue {Queue} is dead; {JobCount} of its jobs are ready again.")]
    private partial void LogWorkerDied(string worker, string queue, int jobCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue} moves to another silo, because silo {Worker} is shutting down.")]
    private partial void LogMoving(string queue, string worker);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The activation of queue {Queue} stops dispatching and deactivates; the next one loads the jobs from the store.")]
    private partial void LogRetired(string queue);
}
