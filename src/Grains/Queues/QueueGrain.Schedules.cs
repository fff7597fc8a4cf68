using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>Jobs that return.</content>
internal sealed partial class QueueGrain
{
    private readonly ScheduleBook _schedules = new();

    /// <summary>One change of a schedule at a time: a job that starts and a person who changes its schedule may meet.</summary>
    private readonly SemaphoreSlim _scheduling = new(1);

    public async Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ScheduleRule.Check(schedule);
        NewJobs.Check(schedule.Job, "job.");
        schedule = schedule with { Until = UnixTime.At(schedule.Until?.ToUnixTimeMilliseconds()) }; // As it will be read.
        await _scheduling.WaitAsync(cancellationToken);
        try
        {
            var known = _schedules.Find(schedule.Id);
            if (known?.Schedule == schedule)
                return known.ToView();
            if (known is null && _schedules.Count >= IQueueSchedules.MaxSchedules)
                throw JubileeException.Invalid("id", $"A queue has at most {IQueueSchedules.MaxSchedules} schedules.");

            var begun = ScheduleRule.Begin(schedule, time.NowMs());
            if (begun.Pending is null)
                throw JubileeException.Invalid(schedule.Cron is null ? "until" : "cron", "Nothing would ever be due.");
            await StoreAsync(begun, TakeAway(known));
            return begun.ToView();
        }
        finally
        {
            _scheduling.Release();
        }
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _scheduling.WaitAsync(cancellationToken);
        try
        {
            if (_schedules.Find(id) is not { } known)
                return false;
            Statement[] gone = [.. TakeAway(known), schedules.Delete(_name, id)];
            _schedules.Remove(id);
            await changes.InsertAsync([], gone, []);
            return true;
        }
        finally
        {
            _scheduling.Release();
        }
    }

    public Task<ImmutableArray<ScheduleView>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ScheduleView>>([.. _schedules.All.Select(entry => entry.ToView())]);

    public Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_schedules.Find(id)?.ToView());

    /// <summary>After the jobs: a pending one that has started, or has gone, had no time to be followed by the next.</summary>
    private async Task LoadSchedulesAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await schedules.LoadAsync(_name, cancellationToken))
            _schedules.Set(entry);
        foreach (var pending in _schedules.All.Select(entry => entry.Pending).OfType<JobId>())
        {
            if (_state.Standing(pending, time.NowMs()) is not { State: JobState.Delayed or JobState.Waiting })
                await GoOnAsync(pending);
        }
    }

    /// <summary>A pending job has started, or ended without: the next one is made, whatever becomes of this one.</summary>
    private async Task GoOnAsync(JobId pending)
    {
        await _scheduling.WaitAsync();
        try
        {
            if (_schedules.TryFind(pending, out var entry))
                await StoreAsync(ScheduleRule.Next(entry, time.NowMs()), []);
        }
        catch (Exception exception)
        {
            // What is not stored has retired this activation, and the next one goes on from here.
            LogScheduleFailed(exception, pending, _name);
        }
        finally
        {
            _scheduling.Release();
        }
    }

    /// <summary>The schedule and its pending job in one unit.</summary>
    private async Task StoreAsync(ScheduleEntry entry, Statement[] before)
    {
        _schedules.Set(entry);
        if (entry.Pending is not { } pending)
        {
            await changes.InsertAsync([], before, [schedules.Put(_name, entry)]);
            return;
        }

        // One of this id may have ended before it was due, by hand; its schedule has changed since.
        _state.Forget(pending);
        var job = _newJobs.Due(entry.Schedule.Job, pending, entry.DueMs!.Value, time.NowMs());
        await InsertAsync([job], [.. before, .. claims.Replace([pending])], [schedules.Put(_name, entry)]);
    }

    /// <summary>Takes a pending job that has not started out of the queue; gives what deletes its row.</summary>
    private Statement[] TakeAway(ScheduleEntry? entry)
    {
        if (entry?.Pending is not { } pending
            || _state.Standing(pending, time.NowMs()) is not { State: JobState.Delayed or JobState.Waiting })
            return [];

        // Out of the book first: it is not to be followed by another.
        _schedules.Remove(entry.Schedule.Id);
        if (_state.Remove(pending, time.NowMs()) is { } change)
        {
            Follow(change);
            EndStored(change).Ignore();
        }

        return [schedules.DeletePending(_name, pending)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job after {Job} of queue {Queue} could not be made.")]
    private partial void LogScheduleFailed(Exception exception, JobId job, string queue);
}
