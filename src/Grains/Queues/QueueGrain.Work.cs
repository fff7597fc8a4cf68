using System.Collections.Immutable;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>What the queue does by itself: handing out, time, dead workers.</content>
internal sealed partial class QueueGrain
{
    /// <summary>No timer waits for 50 days. What is due later is found by a tick.</summary>
    private const long MaxWakeMs = 60_000;

    private bool _answering;
    private bool _retired;

    /// <summary>
    /// Gives what may start to the workers that wait: one job at a time to the one that has the fewest, so that load spreads evenly. One that
    /// waits alone gets its part of what there is, for the others ask again in a moment.
    /// They are answered a moment later, when what has come in the meantime has been given too.
    /// </summary>
    private void Dispatch()
    {
        if (_retired)
            return;

        var now = time.NowMs();
        var atMost = _waiters.Count == 1 ? Math.Max(1, _state.Startable / _workers.Count) : 1;
        var isGiven = true;
        while (isGiven)
            isGiven = LeastLoaded() is { } waiter && Give(waiter, atMost, now) && _waiters.Count > 1;

        TellIfDrained();
        if (!_answering && _waiters.Values.Any(waiter => !waiter.Starts.IsEmpty))
        {
            _answering = true;
            AnswerAsync().Ignore();
        }

        if (_state.NextStartMs(now) is { } next && next > now)
            _wake?.Change(TimeSpan.FromMilliseconds(Math.Min(next - now, MaxWakeMs)), Timeout.InfiniteTimeSpan);
    }

    private PollWaiter? LeastLoaded() =>
        _waiters.Values.Where(waiter => waiter.Room > 0).MinBy(waiter => _state.RunningOf(waiter.Poll.Worker));

    /// <summary>False: there was nothing for it, or no slot.</summary>
    private bool Give(PollWaiter waiter, int atMost, long now)
    {
        var take = _state.Take(waiter.Poll.Worker, Math.Min(atMost, waiter.Room), waiter.Poll.Number, now);
        foreach (var change in take.Changes)
        {
            if (change.Event == JobEvent.Started && !IsInMemory(change.Id))
                waiter.AddWrite(WriteAsync(change));
            else
                Record(change);
        }

        waiter.Add(take.Starts);
        return !take.Starts.IsEmpty;
    }

    /// <summary>
    /// A job that was read from the table has come through a restart, perhaps one that its own run has caused. It is handed out when its start
    /// is stored: so a job that kills its process at once is counted all the same, and fails in the end instead of doing it for ever.
    /// </summary>
    private Task WriteAsync(JobChange start)
    {
        Follow(start);
        return changes.Write(start);
    }

    private async Task AnswerAsync()
    {
        await Task.Yield();
        _answering = false;
        foreach (var waiter in _waiters.Values.Where(waiter => !waiter.Starts.IsEmpty).ToArray())
        {
            _waiters.Remove(waiter.Poll.Worker);
            waiter.Complete();
        }
    }

    private Task Wake(CancellationToken cancellationToken)
    {
        Dispatch();
        return Task.CompletedTask;
    }

    private Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();

        // First, so that whatever fails below leaves them alone. Not awaited: the next tick waits for this one, and must not wait for a slow
        // store or a conversation that does not answer.
        Maintain(cancellationToken);
        RetainAsync(now, cancellationToken).Ignore();

        ObeyLimits();
        Record(_state.Tick(now));
        ReleaseDead(now);
        if (_state.LeaseNumbersSpent)
            Retire();
        Dispatch();
        TellPlaces(now);
        return Task.CompletedTask;
    }

    /// <summary>Jobs of workers whose silo has died are ready again at once: nobody waits for a lease to end.</summary>
    private void ReleaseDead(long now)
    {
        foreach (var worker in _workers.Names.Concat(_restored).Where(worker => silos.IsGone(worker, _workers.Contains(worker))).ToArray())
        {
            var released = _state.WorkerDied(worker, now);
            _workers.Remove(worker);
            _restored.Remove(worker);
            if (released.IsEmpty)
                continue;
            LogWorkerDied(worker, _name, released.Length);
            foreach (var _ in released)
                instruments.JobStalled(_name);
            Record(released);
        }
    }

    private void Record(ImmutableArray<JobChange> recorded)
    {
        foreach (var change in recorded)
            Record(change);
    }

    /// <summary>Writes a change that nobody waits for; an end is told when it is stored.</summary>
    private void Record(JobChange change)
    {
        Follow(change);
        if (change.Event == JobEvent.Started)
        {
            changes.WriteStart(change);
            return;
        }

        var written = changes.Write(change);
        if (change.EndedAt is not null)
            AnnounceAfterAsync(written, change, time.NowMs()).Ignore();
        else
            written.Ignore();
    }

    /// <summary>
    /// What a change brings about beyond the job itself, as soon as it is decided. Each has to pass through here, whoever has asked for it,
    /// and each end through <see cref="EndStored"/> when it is in the store.
    /// </summary>
    private void Follow(JobChange change, string? name = null)
    {
        Tell(change, name);
        if ((change.State == JobState.Active || change.EndedAt is not null) && _schedules.TryFind(change.Id, out _))
            GoOnAsync(change.Id).Ignore();
    }

    /// <summary>A worker whose run shall stop hears of it at once where its poll waits.</summary>
    private void Stop(string? worker)
    {
        if (worker is not null && _waiters.TryGetValue(worker, out var waiter))
            waiter.Complete();
    }

    private async Task AnnounceAfterAsync(Task written, JobChange change, long happenedAt)
    {
        await written;
        Announce(change, happenedAt);
    }

    /// <summary>A stored change. A retry is told with the whole wait, whatever the commit has taken of it.</summary>
    private void Announce(JobChange change, long happenedAt)
    {
        if (change.EndedAt is not null)
            EndStored(change).Ignore();
        if (change is { EndedAt: not null, Stop: StopRequest.Remove })
            DeleteDoomedAsync(change.Id).Ignore();
        else if (change.EndedAt is not null && !change.Told)
            ends.Tell(change);
        else if (change is { Event: JobEvent.AttemptFailed, ReadyAt: { } readyAt })
            ends.TellRetry(change, TimeSpan.FromMilliseconds(Math.Max(0, readyAt - happenedAt)));
    }

    /// <summary>A job's end is stored, or its row is deleted for good: all hear of it but its listener. Completes when its claims know too.</summary>
    private Task EndStored(JobChange change)
    {
        _recent.Remove(change.Id);
        _awaited.Tell(change.Id, change.State);
        FollowFlow(change);

        // Not so where a retry by hand was quicker than the end's commit, and took its place there.
        return change.EndedAt is { } endedAt && !IsOpen(change.Id) ? claims.EndedAsync(change.Id, change.State, endedAt) : Task.CompletedTask;
    }

    /// <summary>A newer activation has taken over, or the store cannot be trusted: stop handing out, and go.</summary>
    private void Retire()
    {
        if (_retired)
            return;
        LogRetired(_name);
        DeactivateOnIdle();
        StopStarts();
    }

    /// <summary>This activation is going, and waits for its calls until it is gone: those that wait for something end now.</summary>
    private void StopStarts()
    {
        _retired = true;
        _awaited.TellNothing();
        foreach (var waiter in _waiters.Values)
            waiter.Complete();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} of queue {Queue} has died; {Jobs} jobs of its are ready again.")]
    private partial void LogWorkerDied(string worker, string queue, int jobs);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue} moves: {Worker} leaves.")]
    private partial void LogLeaves(string queue, string worker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This activation of queue {Queue} gives up its place; the next one loads from the store.")]
    private partial void LogRetired(string queue);
}
