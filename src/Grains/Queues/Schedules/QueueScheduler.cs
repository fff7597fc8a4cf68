using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Intake;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Schedules;

/// <summary>Keeps a queue's schedules, each with the pending job that it adds next.</summary>
internal sealed partial class QueueScheduler(
    QueueContext queue,
    IScheduleStore schedules,
    JobClaims claims,
    NewJobValidator newJobs,
    QueueIntake intake,
    JobChangeRecorder recorder,
    ILogger logger)
{
    private readonly ScheduleRegistry _schedules = new();

    /// <summary>
    /// Serializes changes of schedules, because a pending job may start while an operator changes its schedule.
    /// </summary>
    private readonly SemaphoreSlim _scheduleLock = new(1);

    public ImmutableArray<ScheduleView> All => [.. _schedules.All.Select(entry => entry.ToView())];

    public ScheduleView? Find(string id) => _schedules.Find(id)?.ToView();

    /// <summary>
    /// Loads the schedules. It must run after the jobs are loaded: for a pending job that has started or no longer exists, the former
    /// activation stopped before it added the next job, so the next job is added here.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await schedules.LoadAsync(queue.Name, cancellationToken))
            _schedules.Set(entry);
        foreach (var pending in _schedules.All.Select(entry => entry.Pending).OfType<JobId>())
        {
            if (queue.StatusOf(pending) is not { State: JobState.Delayed or JobState.Waiting })
                await AddNextAsync(pending);
        }
    }

    public async Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ScheduleRule.Validate(schedule);
        schedule.Job.Check("job.");

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

            var entry = ScheduleRule.Begin(schedule, queue.NowMs());
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
            Statement[] deletes = [.. RemovePending(known), schedules.Delete(queue.Name, id)];
            _schedules.Remove(id);
            await queue.Changes.InsertAsync([], deletes, []);
            return true;
        }
        finally
        {
            _scheduleLock.Release();
        }
    }

    /// <summary>Adds the next job of the schedule whose pending job this is, if any. It does not wait until the job is added.</summary>
    public void AddNextAfter(JobId pending)
    {
        if (_schedules.TryFind(pending, out _))
            AddNextAsync(pending).Ignore();
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
                await StoreAsync(ScheduleRule.Next(entry, queue.NowMs()), []);
        }
        catch (Exception exception)
        {
            // A failed write has retired this activation. The next activation adds the job.
            LogScheduleFailed(exception, pending, queue.Name);
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
            await queue.Changes.InsertAsync([], before, [schedules.Put(queue.Name, entry)]);
            return;
        }

        // A job with this id may have ended before it was due: an operator cancelled it, and the schedule was changed afterwards.
        queue.State.Intake.Forget(pending);
        var job = newJobs.CreateDue(entry.Schedule.Job, pending, entry.DueMs!.Value, queue.NowMs());
        await intake.InsertAsync(job, [.. before, .. claims.Replace([pending])], [schedules.Put(queue.Name, entry)]);
    }

    /// <summary>
    /// Removes a pending job that has not started from the queue, and returns the statements that delete its row.
    /// </summary>
    private Statement[] RemovePending(ScheduleEntry? entry)
    {
        if (entry?.Pending is not { } pending || queue.StatusOf(pending) is not { State: JobState.Delayed or JobState.Waiting })
            return [];

        // The schedule is removed first, so that the removal of its pending job does not add the next one.
        _schedules.Remove(entry.Schedule.Id);
        if (queue.State.Actions.Remove(pending, queue.NowMs()) is { } change)
        {
            recorder.OnDecided(change);
            recorder.OnEndStored(change).Ignore();
        }

        return [schedules.DeletePending(queue.Name, pending)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule of queue {Queue} could not add the job after {Job}.")]
    private partial void LogScheduleFailed(Exception exception, JobId job, string queue);
}
