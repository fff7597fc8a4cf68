using JubileeVerse.Errors;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <content>What operators do to single jobs.</content>
internal sealed partial class QueueGrain
{
    public Task StoreRowsAsync(CancellationToken cancellationToken) => changes.UnpackAsync().WaitAsync(cancellationToken);

    public async Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken)
    {
        await changes.UnpackAsync();
        var record = await store.RecordAsync(_name, id, cancellationToken) ?? throw JubileeException.NotFound("job");
        if (record.Row.State != JobState.Failed || IsOpen(id))
            throw Conflict(record.Row.State, "only a failed one can be tried again");
        if (!record.Told)
            await ends.TellNowAsync(UntoldEnd.Of(record));
        if (!await ends.ReopenAsync(id, record.Row.OrderKey, () => ReopenAsync(record)))
            throw new JubileeException(ErrorCode.JobStateConflict, "Whoever waited for the job waits no more, so it cannot be tried again.");

        Dispatch();
        return await ViewAsync(id);
    }

    public async Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (_state.Promote(id, time.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only a delayed one can be promoted");

        var written = changes.Write(change);
        Follow(change);
        Dispatch();
        await written;
        return await ViewAsync(id);
    }

    public async Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!await CancelAsync(id, cancellationToken))
        {
            var ended = await ViewAsync(id);
            return ended.State == JobState.Cancelled ? ended : throw Conflict(ended.State, "only an open one can be cancelled");
        }

        return await ViewAsync(id);
    }

    public async Task<JobView> SetJobPriorityAsync(JobId id, int priority, CancellationToken cancellationToken)
    {
        if (priority is < Job.MinPriority or > Job.MaxPriority)
            throw JubileeException.Invalid("priority", $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        if (_state.SetPriority(id, priority, time.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only an open one has a priority that counts");

        if (_recent.TryGet(id, out var known))
            _recent.Replace(known with { Priority = priority });
        await changes.Write(change);
        return await ViewAsync(id);
    }

    public async Task<JobView> RemoveJobAsync(JobId id, CancellationToken cancellationToken)
    {
        await changes.UnpackAsync();
        var record = await EndedOrOpenAsync(id, cancellationToken);
        var before = await ViewAsync(id);
        if (_state.Remove(id, time.NowMs()) is { } change)
        {
            Follow(change);
            TellIfDrained();
            await changes.Write(change);
            await Task.WhenAll(EndStored(change), ends.TellNowAsync(UntoldEnd.Of(change)));
        }
        else if (_state.Standing(id, time.NowMs()) is { } standing)
        {
            throw Conflict(standing.State, "cancel it first");
        }
        else if (JobStateMachine.IsOpen(record.Row.State))
        {
            throw Conflict(record.Row.State, "its end is being written, so ask again");
        }
        else if (!record.Told)
        {
            await ends.TellNowAsync(UntoldEnd.Of(record));
        }

        if (!IsOpen(id))
            await changes.DeleteAsync([id]);
        return before;
    }

    /// <summary>Memory runs ahead of the store: an end that is being written is waited for. Its row would outlive whoever deletes it before.</summary>
    private async Task<JobRecord> EndedOrOpenAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await store.RecordAsync(_name, id, cancellationToken);
        if (record is not null && JobStateMachine.IsOpen(record.Row.State) && !IsOpen(id))
        {
            await WaitAsync(id, cancellationToken);
            record = await store.RecordAsync(_name, id, cancellationToken);
        }

        return record ?? throw JubileeException.NotFound("job");
    }

    private bool IsOpen(JobId id) => _state.Standing(id, time.NowMs()) is not null;

    private async Task ReopenAsync(JobRecord record)
    {
        var now = time.NowMs();
        if (_state.RetryByHand(record.Row, now) is { } change)
        {
            _recent.Add(record.Job);
            Follow(change, record.Job.Name);
            await changes.ReopenAsync(record.Job, change, now, claims.Reopen(change.Id, record.Job.DedupKey));
        }
    }

    private async Task<JobView> ViewAsync(JobId id)
    {
        await changes.UnpackAsync();
        var view = await store.FindAsync(_name, id, CancellationToken.None) ?? throw JubileeException.NotFound("job");
        var standing = _state.Standing(id, time.NowMs());
        return view with { Position = standing?.Position, EtaSeconds = standing?.EtaSeconds };
    }

    private async Task<JubileeException> ConflictAsync(JobId id, string rule) =>
        Conflict(_state.Standing(id, time.NowMs())?.State ?? (await ViewAsync(id)).State, rule);

    private static JubileeException Conflict(JobState state, string rule) =>
        new(ErrorCode.JobStateConflict, $"The job is {EnumText<JobState>.Of(state)}: {rule}.");
}
