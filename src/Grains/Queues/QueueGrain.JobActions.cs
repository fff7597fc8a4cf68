using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues;

/// <content>Operator actions on single jobs.</content>
internal sealed partial class QueueGrain
{
    public Task StoreRowsAsync(CancellationToken cancellationToken) => changes.UnpackAsync().WaitAsync(cancellationToken);

    public async Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken)
    {
        await changes.UnpackAsync();
        var record = await store.RecordAsync(_name, id, cancellationToken) ?? throw JubileeException.NotFound("job");
        if (record.Row.State != JobState.Failed || IsOpen(id))
            throw Conflict(record.Row.State, "only a failed job can be retried");
        if (!record.Acknowledged)
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(record));
        if (!await endNotifier.ReopenAsync(id, record.Row.OrderKey, () => ReopenAsync(record)))
        {
            throw new JubileeException(
                ErrorCode.JobStateConflict, "The owner of the job no longer accepts its result, so the job cannot be retried.");
        }

        Dispatch();
        return await ViewAsync(id);
    }

    public async Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (_state.Promote(id, time.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only a delayed job can be promoted");

        var written = changes.Write(change);
        OnDecided(change);
        Dispatch();
        await written;
        return await ViewAsync(id);
    }

    public async Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!await CancelAsync(id, cancellationToken))
        {
            var ended = await ViewAsync(id);
            return ended.State == JobState.Cancelled ? ended : throw Conflict(ended.State, "only an open job can be cancelled");
        }

        return await ViewAsync(id);
    }

    public async Task<JobView> SetJobPriorityAsync(JobId id, int priority, CancellationToken cancellationToken)
    {
        if (priority is < Job.MinPriority or > Job.MaxPriority)
            throw JubileeException.Invalid("priority", $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        if (_state.SetPriority(id, priority, time.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only the priority of an open job can be changed");

        if (_recent.TryGet(id, out var known))
            _recent.Replace(known with { Priority = priority });
        await changes.Write(change);
        return await ViewAsync(id);
    }

    public async Task<JobView> RemoveJobAsync(JobId id, CancellationToken cancellationToken)
    {
        await changes.UnpackAsync();
        var record = await ReadSettledAsync(id, cancellationToken);
        var before = await ViewAsync(id);
        if (_state.Remove(id, time.NowMs()) is { } change)
        {
            OnDecided(change);
            PublishIfDrained();
            await changes.Write(change);
            await Task.WhenAll(OnEndStored(change), endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(change)));
        }
        else if (_state.StatusOf(id, time.NowMs()) is { } status)
        {
            throw Conflict(status.State, "cancel it first");
        }
        else if (JobStateMachine.IsOpen(record.Row.State))
        {
            throw Conflict(record.Row.State, "its end is being written; try again");
        }
        else if (!record.Acknowledged)
        {
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(record));
        }

        if (!IsOpen(id))
            await changes.DeleteAsync([id]);
        return before;
    }

    /// <summary>
    /// Reads a job's record and waits for its end to be written if the job has ended in memory only. Without the wait, a delete could
    /// precede that write, which would restore the row.
    /// </summary>
    private async Task<JobRecord> ReadSettledAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await store.RecordAsync(_name, id, cancellationToken);
        if (record is not null && JobStateMachine.IsOpen(record.Row.State) && !IsOpen(id))
        {
            await WaitAsync(id, cancellationToken);
            record = await store.RecordAsync(_name, id, cancellationToken);
        }

        return record ?? throw JubileeException.NotFound("job");
    }

    private bool IsOpen(JobId id) => _state.StatusOf(id, time.NowMs()) is not null;

    private async Task ReopenAsync(JobRecord record)
    {
        var now = time.NowMs();
        if (_state.RetryByHand(record.Row, now) is { } change)
        {
            _recent.Add(record.Job);
            OnDecided(change, record.Job.Name);
            await changes.ReopenAsync(record.Job, change, now, claims.Reopen(change.Id, record.Job.DedupKey));
        }
    }

    private async Task<JobView> ViewAsync(JobId id)
    {
        await changes.UnpackAsync();
        var view = await store.FindAsync(_name, id, CancellationToken.None) ?? throw JubileeException.NotFound("job");
        var status = _state.StatusOf(id, time.NowMs());
        return view with { Position = status?.Position, EtaSeconds = status?.EtaSeconds };
    }

    private async Task<JubileeException> ConflictAsync(JobId id, string rule) =>
        Conflict(_state.StatusOf(id, time.NowMs())?.State ?? (await ViewAsync(id)).State, rule);

    private static JubileeException Conflict(JobState state, string rule) =>
        new(ErrorCode.JobStateConflict, $"The job is {EnumText<JobState>.Format(state)}: {rule}.");
}
