using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <content>
/// Bulk deletion of jobs, by a retention rule or by an operator. It works in chunks, so that the queue keeps running.
/// </content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromSeconds(5);
    private static readonly JobState[] EndedStates = [JobState.Completed, JobState.Failed, JobState.Cancelled];

    /// <summary>
    /// Ended jobs whose rows must be deleted, found while loading. The former activation stopped between the end and the deletion.
    /// </summary>
    private readonly List<JobId> _pendingDeletes = [];

    private readonly Throttle _retentionThrottle = new(time, RetentionPeriod);
    private bool _isApplyingRetention;

    public async Task<QueueStatus> DrainAsync(bool delayed, CancellationToken cancellationToken)
    {
        await RemoveAllAsync(delayed);
        return await GetAsync(cancellationToken);
    }

    public async Task<ImmutableArray<JobId>> CleanAsync(JobState state, TimeSpan grace, int limit, CancellationToken cancellationToken)
    {
        if (!EndedStates.Contains(state))
            throw JubileeException.Invalid("state", "Must be completed, failed or cancelled.");
        if (grace < TimeSpan.Zero)
            throw JubileeException.Invalid("graceSeconds", "Must be 0 or more.");
        if (limit is < 1 or > IQueueAdminGrain.MaxCleaned)
            throw JubileeException.Invalid("limit", $"Must be 1 to {IQueueAdminGrain.MaxCleaned}.");

        return await DeleteEndedAsync(state, time.NowMs() - (long)grace.TotalMilliseconds, limit);
    }

    public async Task<QueueStatus> ObliterateAsync(bool force, CancellationToken cancellationToken)
    {
        var running = _state.IdsIn(JobState.Active);
        if (running.Length > 0 && !force)
            throw new JubileeException(ErrorCode.JobStateConflict, $"{running.Length} jobs are active: wait for them or set force.");

        // The requests are stored, so that the rows are deleted even if the queue moves to another silo before the jobs end.
        var now = time.NowMs();
        var stops = running.Select(id => _state.Cancel(id.ToJobId(), now, StopRequest.Remove)).ToArray();
        var written = Task.WhenAll(stops.Select(stop => stop.Change).OfType<JobChange>().Select(changes.Write));
        foreach (var worker in stops.Select(stop => stop.Worker).Distinct())
            CompletePoll(worker);
        await written;
        await RemoveAllAsync(delayed: true);
        await endNotifier.NotifyAllEndedAsync(cancellationToken);
        foreach (var state in EndedStates)
        {
            while (!(await DeleteEndedAsync(state, long.MaxValue, IJobStore.MaxDeletes)).IsEmpty)
                cancellationToken.ThrowIfCancellationRequested();
        }

        return await GetAsync(cancellationToken);
    }

    /// <summary>
    /// Removes the jobs that are open at the time of the call. Jobs that are added as a result, such as a schedule's next job, are kept.
    /// </summary>
    private async Task RemoveAllAsync(bool delayed)
    {
        // Blocked jobs are removed first, because removing their children would make them ready.
        JobState[] states = [JobState.Blocked, JobState.Waiting, .. delayed ? [JobState.Delayed] : Array.Empty<JobState>()];
        foreach (var ids in states.Select(_state.IdsIn).ToArray())
            await RemoveAsync(ids);
    }

    private async Task RemoveAsync(CompactId[] ids)
    {
        foreach (var chunk in ids.Chunk(IJobStore.MaxDeletes))
        {
            var now = time.NowMs();
            JobChange[] removed = [.. chunk.Select(id => _state.Remove(id.ToJobId(), now)).OfType<JobChange>()];
            if (removed.Length == 0)
                continue;
            foreach (var change in removed)
                OnDecided(change);
            PublishIfDrained();
            try
            {
                // Without a listener the ends need not be written: a row that still exists after a crash is a job that was not removed.
                if (endNotifier.HasListener)
                {
                    await Task.WhenAll(removed.Select(changes.Write));
                    await endNotifier.NotifyAllEndedAsync(CancellationToken.None);
                }

                await changes.DeleteAsync([.. removed.Select(change => change.Id)], isOpen: !endNotifier.HasListener);
                await Task.WhenAll(removed.Select(OnEndStored));
            }
            catch
            {
                // The jobs are no longer in memory, but their rows may still exist.
                Retire();
                throw;
            }
        }
    }

    private async Task<ImmutableArray<JobId>> DeleteEndedAsync(JobState state, long untilMs, int limit)
    {
        var ended = await store.EndedAsync(_name, state, untilMs, limit, CancellationToken.None);
        return await DeleteAsync(ended);
    }

    /// <summary>Deletes the jobs that have not been reopened since they were read.</summary>
    private async Task<ImmutableArray<JobId>> DeleteAsync(ImmutableArray<JobId> ended)
    {
        ImmutableArray<JobId> ids = [.. ended.Where(id => !IsOpen(id))];
        if (!ids.IsEmpty)
            await changes.DeleteAsync(ids);
        return ids;
    }

    /// <summary>
    /// Deletes ended jobs beyond the retention rules. At most one pass runs at a time, and a long pass does not delay anything else.
    /// </summary>
    private async Task ApplyRetentionAsync(long now, CancellationToken cancellationToken)
    {
        if (_isApplyingRetention || !_retentionThrottle.TryEnter())
            return;
        _isApplyingRetention = true;
        try
        {
            await retention.ApplyAsync(_name, now, DeleteAsync, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, _name);
        }
        finally
        {
            _isApplyingRetention = false;
        }
    }

    /// <summary>Deletes an ended job whose removal was requested while it ran, after its listener has acknowledged the end.</summary>
    private async Task DeleteAfterEndAsync(JobId id)
    {
        if (await store.RecordAsync(_name, id, CancellationToken.None) is { Acknowledged: false } record)
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(record));
        await changes.DeleteAsync([id]);
    }
}
