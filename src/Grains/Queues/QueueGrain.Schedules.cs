using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>Schedules: recurring jobs.</content>
internal sealed partial class QueueGrain
{
    private readonly ScheduleRegistry _schedules = new();

    /// <summary>
    /// Serializes changes of schedules, because a pending job may start while an operator changes its schedule.
    /// </summary>
    private readonly SemaphoreSlim _scheduleLock = new(1);

    public async Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ScheduleRule.Validate(schedule);
        NewJobValidator.Validate(schedule.Job, "job.");

        // Rounded as in the store.
        schedule = schedule with { Until = UnixTime.FromMilliseconds(schedule.Until?.ToUnixTimeMilliseconds()) };
        await _scheduleLock.WaitAsync(cancellationToken);
        try
        {
            var known = _schedules.Find(schedule.Id);
            if (known?.Schedule == schedule)
                return known.ToView();
            if (known is null && _schedules.Count >= IQueueSchedulesGrain.MaxSchedules)
                throw JubileeException.Invalid("id", $"A queue has at most {IQueueSchedulesGrain.MaxSchedules} schedules.");

            var entry = ScheduleRule.Begin(schedule, time.NowMs());
            if (entry.Pending is null)
                throw JubileeException.Invalid(schedule.Cron is null ? "until" : "cron", "The schedule has no future occurrence.");
            await StoreAsync(entry, RemovePending(known));
            return entry.ToView();
        }
        finally
        {
            _scheduleLock.Release();
        }
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _scheduleLock.WaitAsync(cancellationToken);
        try
        {
            if (_schedules.Find(id) is not { } known)
                return false;
            Statement[] deletes = [.. RemovePending(known), schedules.Delete(_name, id)];
            _schedules.Remove(id);
            await changes.InsertAsync([], deletes, []);
            return true;
        }
        finally
        {
            _scheduleLock.Release();
        }
    }

    public Task<ImmutableArray<ScheduleView>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ScheduleView>>([.. _schedules.All.Select(entry => entry.ToView())]);

    public Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_schedules.Find(id)?.ToView());

    /// <summary>
    /// Loads the schedules. It must run after the jobs are loaded: for a pending job that has started or no longer exists, the former
    /// activation stopped before it added the next job, so the next job is added here.
    /// </summary>
    private async Task LoadSchedulesAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await schedules.LoadAsync(_name, cancellationToken))
            _schedules.Set(entry);
        foreach (var pending in _schedules.All.Select(entry => entry.Pending).OfType<JobId>())
        {
            if (_state.StatusOf(pending, time.NowMs()) is not { State: JobState.Delayed or JobState.Waiting })
                await AddNextAsync(pending);
        }
    }

    /// <summary>
    /// Adds the job after a pending one that has started, or has ended without a start. The outcome of the pending job does not matter.
    /// </summary>
    private async Task AddNextAsync(JobId pending)
    {
        await _scheduleLock.WaitAsync();
        try
        {
            if (_schedules.TryFind(pending, out var entry))
                await StoreAsync(ScheduleRule.Next(entry, time.NowMs()), []);
        }
        catch (Exception exception)
        {
            // A failed write has retired this activation. The next activation adds the job.
            LogScheduleFailed(exception, pending, _name);
        }
        finally
        {
            _scheduleLock.Release();
        }
    }

    /// <summary>Stores the schedule and its pending job in one transaction.</summary>
    private async Task StoreAsync(ScheduleEntry entry, Statement[] before)
    {
        _schedules.Set(entry);
        if (entry.Pending is not { } pending)
        {
            await changes.InsertAsync([], before, [schedules.Put(_name, entry)]);
            return;
        }

        // A job with this id may have ended before it was due: an operator cancelled it, and the schedule was changed afterwards.
        _state.Forget(pending);
        var job = _newJobs.CreateDue(entry.Schedule.Job, pending, entry.DueMs!.Value, time.NowMs());
        await InsertAsync([job], [.. before, .. claims.Replace([pending])], [schedules.Put(_name, entry)]);
    }

    /// <summary>
    /// Removes a pending job that has not started from the queue, and returns the statements that delete its row.
    /// </summary>
    private Statement[] RemovePending(ScheduleEntry? entry)
    {
        if (entry?.Pending is not { } pending
            || _state.StatusOf(pending, time.NowMs()) is not { State: JobState.Delayed or JobState.Waiting })
            return [];

        // The schedule is removed first, so that the removal of its pending job does not add the next one.
        _schedules.Remove(entry.Schedule.Id);
        if (_state.Remove(pending, time.NowMs()) is { } change)
        {
            OnDecided(change);
            OnEndStored(change).Ignore();
        }

        return [schedules.DeletePending(_name, pending)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule of queue {Queue} could not add the job after {Job}.")]
    private partial void LogScheduleFailed(Exception exception, JobId job, string queue);
}
