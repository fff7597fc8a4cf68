using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <content>Deleting many jobs, by rule or at an operator's word, chunk by chunk so that the queue goes on meanwhile.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan RetainPeriod = TimeSpan.FromSeconds(5);
    private static readonly JobState[] EndedStates = [JobState.Completed, JobState.Failed, JobState.Cancelled];

    /// <summary>Jobs whose rows were to go with their end, found at the activation: the former one fell in between.</summary>
    private readonly List<JobId> _leftOver = [];

    private readonly Period _retains = new(time, RetainPeriod);
    private bool _isRetaining;

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
        if (limit is < 1 or > IQueueAdmin.MaxCleaned)
            throw JubileeException.Invalid("limit", $"Must be 1 to {IQueueAdmin.MaxCleaned}.");

        return await DeleteEndedAsync(state, time.NowMs() - (long)grace.TotalMilliseconds, limit);
    }

    public async Task<QueueStatus> ObliterateAsync(bool force, CancellationToken cancellationToken)
    {
        var running = _state.IdsIn(JobState.Active);
        if (running.Length > 0 && !force)
            throw new JubileeException(ErrorCode.JobStateConflict, $"{running.Length} jobs are active: wait for them, or force it.");

        // Stored, so that their rows go also where the queue moves before they end.
        var now = time.NowMs();
        var asked = running.Select(id => _state.Cancel(id.ToJobId(), now, StopRequest.Remove)).ToArray();
        var written = Task.WhenAll(asked.Select(stop => stop.Change).OfType<JobChange>().Select(changes.Write));
        foreach (var worker in asked.Select(stop => stop.Worker).Distinct())
            Stop(worker);
        await written;
        await RemoveAllAsync(delayed: true);
        await ends.TellAllAsync(cancellationToken);
        foreach (var state in EndedStates)
        {
            while (!(await DeleteEndedAsync(state, long.MaxValue, IJobStore.MaxDeletes)).IsEmpty)
                cancellationToken.ThrowIfCancellationRequested();
        }

        return await GetAsync(cancellationToken);
    }

    /// <summary>What is open when it is asked; not what comes of that, such as the next job of a schedule.</summary>
    private async Task RemoveAllAsync(bool delayed)
    {
        // Blocked ones first: what waits for jobs that go would be ready then.
        JobState[] states = [JobState.Blocked, JobState.Waiting, .. delayed ? [JobState.Delayed] : Array.Empty<JobState>()];
        foreach (var ids in states.Select(_state.IdsIn).ToArray())
            await RemoveAsync(ids);
    }

    private async Task RemoveAsync(CompactId[] ids)
    {
        foreach (var some in ids.Chunk(IJobStore.MaxDeletes))
        {
            var now = time.NowMs();
            JobChange[] removed = [.. some.Select(id => _state.Remove(id.ToJobId(), now)).OfType<JobChange>()];
            if (removed.Length == 0)
                continue;
            foreach (var change in removed)
                Follow(change);
            TellIfDrained();
            try
            {
                // Where nobody listens, a row that is still there after a crash is a job that was not removed, and nothing else.
                if (ends.AnyoneListens)
                {
                    await Task.WhenAll(removed.Select(changes.Write));
                    await ends.TellAllAsync(CancellationToken.None);
                }

                await changes.DeleteAsync([.. removed.Select(change => change.Id)], isOpen: !ends.AnyoneListens);
                await Task.WhenAll(removed.Select(EndStored));
            }
            catch
            {
                // Memory has forgotten what the store may still have.
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

    /// <summary>Deletes those that have not been tried again since they were found.</summary>
    private async Task<ImmutableArray<JobId>> DeleteAsync(ImmutableArray<JobId> ended)
    {
        ImmutableArray<JobId> ids = [.. ended.Where(id => !IsOpen(id))];
        if (!ids.IsEmpty)
            await changes.DeleteAsync(ids);
        return ids;
    }

    /// <summary>Deletes ended jobs beyond what is kept. A pass that takes long holds up nothing else, and has no other beside it.</summary>
    private async Task RetainAsync(long now, CancellationToken cancellationToken)
    {
        if (_isRetaining || !_retains.Passed())
            return;
        _isRetaining = true;
        try
        {
            await retention.KeepAsync(_name, now, DeleteAsync, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, _name);
        }
        finally
        {
            _isRetaining = false;
        }
    }

    private async Task DeleteDoomedAsync(JobId id)
    {
        if (await store.RecordAsync(_name, id, CancellationToken.None) is { Told: false } record)
            await ends.TellNowAsync(UntoldEnd.Of(record));
        await changes.DeleteAsync([id]);
    }
}
