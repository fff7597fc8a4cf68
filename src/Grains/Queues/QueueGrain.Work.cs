using System.Collections.Immutable;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>What the queue does by itself: handing out, time, lost offers, dead workers.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepWindow = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after an activation a sweep looks at all open rows: an insert of the former activation may be committed while this one loads,
    /// or a little later, and has its place already.
    /// </summary>
    private static readonly TimeSpan FullSweepsFor = TimeSpan.FromSeconds(10);

    private long _nextSweepMs;
    private long? _fullSweepsUntilMs;
    private bool _sweeping;
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
            _wake?.Change(TimeSpan.FromMilliseconds(next - now), Timeout.InfiniteTimeSpan);
    }

    private PollWaiter? LeastLoaded() =>
        _waiters.Values.Where(waiter => waiter.Poll.Slots > 0).MinBy(waiter => _state.RunningOf(waiter.Poll.Worker));

    /// <summary>False: there was nothing for it, or no slot.</summary>
    private bool Give(PollWaiter waiter, int atMost, long now)
    {
        var take = _state.Take(waiter.Poll.Worker, Math.Min(atMost, waiter.Poll.Slots), waiter.Poll.Number, now);
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
        ObeyLimits();
        Record(_state.Tick(now));
        ReleaseDead(now);
        if (_state.LeaseNumbersSpent)
            Retire();
        Dispatch();
        TellPlaces(now);

        // Not awaited: the next tick waits for this one, and must not wait for a slow store or a conversation that does not answer.
        MaintainAsync(now, cancellationToken).Ignore();
        changes.UnpackOldAsync().Ignore();
        RetainAsync(now, cancellationToken).Ignore();
        return Task.CompletedTask;
    }

    /// <summary>Looks for jobs whose offer was lost, and tells ends that could not be told.</summary>
    private async Task MaintainAsync(long now, CancellationToken cancellationToken)
    {
        if (_sweeping)
            return;
        _sweeping = true;
        try
        {
            await ends.RetryAsync(cancellationToken);
            if (now >= _nextSweepMs)
            {
                _nextSweepMs = now + (long)SweepPeriod.TotalMilliseconds;
                _fullSweepsUntilMs ??= now + (long)FullSweepsFor.TotalMilliseconds;
                var placed = now < _fullSweepsUntilMs;
                var rows = await store.OpenSinceAsync(_name, now - (long)SweepWindow.TotalMilliseconds, placed, cancellationToken);
                Record(_state.Load(rows, time.NowMs()));
                Dispatch();
            }

            await claims.SweepAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, _name);
        }
        finally
        {
            _sweeping = false;
        }
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

    /// <summary>What a change brings about beyond the job itself.</summary>
    private void Follow(JobChange change)
    {
        Tell(change);
        if (change.Event == JobEvent.RetriedByHand)
            claims.Reopened(change.Id);
        if ((change.State == JobState.Active || change.EndedAt is not null) && _schedules.TryFind(change.Id, out _))
            GoOnAsync(change.Id).Ignore();
    }

    private async Task AnnounceAfterAsync(Task written, JobChange change, long happenedAt)
    {
        await written;
        Announce(change, happenedAt);
    }

    /// <summary>A stored change. A retry is told with the whole wait, whatever the commit has taken of it.</summary>
    private void Announce(JobChange change, long happenedAt)
    {
        if (change.EndedAt is { } endedAt)
        {
            _recent.Remove(change.Id);
            _awaited.Tell(change.Id, change.State);
            FollowFlow(change);
            // Not so where a retry by hand was quicker than the end's commit, and took its place there.
            if (claims.Holds(change.Id) && _state.Standing(change.Id, time.NowMs()) is null)
                claims.Ended(change.Id, change.State, endedAt);
        }

        if (change.EndedAt is not null && _doomed.Remove(change.Id))
            DeleteDoomedAsync(change.Id).Ignore();
        else if (change.EndedAt is not null && !change.Told)
            ends.Tell(change);
        else if (change is { Event: JobEvent.AttemptFailed, ReadyAt: { } readyAt })
            ends.TellRetry(change, TimeSpan.FromMilliseconds(Math.Max(0, readyAt - happenedAt)));
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The table of queue {Queue} could not be looked through; it is tried again.")]
    private partial void LogMaintenanceFailed(Exception exception, string queue);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue} moves: {Worker} leaves.")]
    private partial void LogLeaves(string queue, string worker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This activation of queue {Queue} gives up its place; the next one loads from the store.")]
    private partial void LogRetired(string queue);
}
