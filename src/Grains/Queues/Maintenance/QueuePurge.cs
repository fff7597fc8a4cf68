using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues.Maintenance;

/// <summary>
/// Bulk deletion of jobs, by a retention rule or by an operator. It works in chunks, so that the queue keeps running.
/// </summary>
internal sealed class QueuePurge(
    QueueContext queue,
    JobChangeRecorder recorder,
    QueueEventPublisher events,
    EndNotifier endNotifier,
    PollWaiters polls,
    QueueLifetime lifetime)
{
    private static readonly JobState[] EndedStates = [JobState.Completed, JobState.Failed, JobState.Cancelled];

    public async Task<ImmutableArray<JobId>> CleanAsync(JobState state, TimeSpan grace, int limit)
    {
        if (!EndedStates.Contains(state))
            throw JubileeException.Invalid("state", "Must be completed, failed or cancelled.");
        if (grace < TimeSpan.Zero)
            throw JubileeException.Invalid("graceSeconds", "Must be 0 or more.");
        if (limit is < 1 or > IQueueAdminGrain.MaxCleaned)
            throw JubileeException.Invalid("limit", $"Must be 1 to {IQueueAdminGrain.MaxCleaned}.");

        return await DeleteEndedAsync(state, queue.NowMs() - (long)grace.TotalMilliseconds, limit);
    }

    public async Task ObliterateAsync(bool force, CancellationToken cancellationToken)
    {
        var running = queue.State.IdsIn(JobState.Active);
        if (running.Length > 0 && !force)
            throw new JubileeException(ErrorCode.JobStateConflict, $"{running.Length} jobs are active: wait for them or set force.");

        // The requests are stored, so that the rows are deleted even if the queue moves to another silo before the jobs end.
        var now = queue.NowMs();
        var stops = running.Select(id => queue.State.Actions.Cancel(id.ToJobId(), now, StopRequest.Remove)).ToArray();
        var written = Task.WhenAll(stops.Select(stop => stop.Change).OfType<JobChange>().Select(queue.Changes.Write));
        foreach (var worker in stops.Select(stop => stop.Worker).Distinct())
            polls.Complete(worker);
        await written;
        await DrainAsync(delayed: true);
        await endNotifier.NotifyAllEndedAsync(cancellationToken);
        foreach (var state in EndedStates)
        {
            while (!(await DeleteEndedAsync(state, long.MaxValue, IJobStore.MaxDeletes)).IsEmpty)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Removes the jobs that are open at the time of the call. Jobs that are added as a result, such as a schedule's next job, are kept.
    /// </summary>
    public async Task DrainAsync(bool delayed)
    {
        // Blocked jobs are removed first, because removing their children would make them ready.
        JobState[] states = [JobState.Blocked, JobState.Waiting, .. delayed ? [JobState.Delayed] : Array.Empty<JobState>()];
        foreach (var ids in states.Select(queue.State.IdsIn).ToArray())
            await RemoveAsync(ids);
    }

    /// <summary>Deletes the jobs that have not been reopened since they were read.</summary>
    public async Task<ImmutableArray<JobId>> DeleteAsync(ImmutableArray<JobId> ended)
    {
        ImmutableArray<JobId> ids = [.. ended.Where(id => !queue.IsOpen(id))];
        if (!ids.IsEmpty)
            await queue.Changes.DeleteAsync(ids);
        return ids;
    }

    private async Task<ImmutableArray<JobId>> DeleteEndedAsync(JobState state, long untilMs, int limit)
    {
        var ended = await queue.Store.EndedAsync(queue.Name, state, untilMs, limit, CancellationToken.None);
        return await DeleteAsync(ended);
    }

    private async Task RemoveAsync(CompactId[] ids)
    {
        foreach (var chunk in ids.Chunk(IJobStore.MaxDeletes))
        {
            var now = queue.NowMs();
            JobChange[] removed = [.. chunk.Select(id => queue.State.Actions.Remove(id.ToJobId(), now)).OfType<JobChange>()];
            if (removed.Length == 0)
                continue;
            foreach (var change in removed)
                recorder.OnDecided(change);
            events.PublishIfDrained();
            try
            {
                // Without a listener the ends need not be written: a row that still exists after a crash is a job that was not removed.
                if (endNotifier.HasListener)
                {
                    await Task.WhenAll(removed.Select(queue.Changes.Write));
                    await endNotifier.NotifyAllEndedAsync(CancellationToken.None);
                }

                await queue.Changes.DeleteAsync([.. removed.Select(change => change.Id)], isOpen: !endNotifier.HasListener);
                await Task.WhenAll(removed.Select(recorder.OnEndStored));
            }
            catch
            {
                // The jobs are no longer in memory, but their rows may still exist.
                lifetime.Retire();
                throw;
            }
        }
    }
}
