using JubileeVerse.Errors;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <content>What operators do to single jobs.</content>
internal sealed partial class QueueGrain
{
    public async Task<JobView> RetryJobAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await store.RecordAsync(_name, id, cancellationToken) ?? throw JubileeException.NotFound("job");
        if (record.Row.State != JobState.Failed || IsOpen(id))
            throw Conflict(record.Row.State, "only a failed one can be tried again");
        if (!record.Told)
            await ends.TellNowAsync(record);
        if (!await ends.ReopenAsync(id, record.Row.OrderKey, () => ReopenAsync(record)))
            throw new JubileeException(ErrorCode.JobStateConflict, "Whoever waited for the job waits no more, so it cannot be tried again.");

        _recent.Replace(record.Job);
        Dispatch();
        return await ViewAsync(id);
    }

    public async Task<JobView> PromoteJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (_state.Promote(id, time.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only a delayed one can be promoted");

        var written = changes.Write(change);
        Tell(change);
        Dispatch();
        await written;
        return await ViewAsync(id);
    }

    public async Task<JobView> CancelJobAsync(JobId id, CancellationToken cancellationToken)
    {
        var result = _state.Cancel(id, time.NowMs());
        if (result.Kind == CancelKind.NotFound)
        {
            var ended = await ViewAsync(id);
            return ended.State == JobState.Cancelled ? ended : throw Conflict(ended.State, "only an open one can be cancelled");
        }

        if (result.Worker is { } worker && _waiters.TryGetValue(worker, out var waiter))
            waiter.Complete();
        if (result.Change is { } change)
        {
            var written = changes.Write(change);
            Tell(change);
            Dispatch();
            await written;
            Announce(change, time.NowMs());
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
        var record = await store.RecordAsync(_name, id, cancellationToken) ?? throw JubileeException.NotFound("job");
        var before = await ViewAsync(id);
        if (_state.Remove(id, time.NowMs()) is { } change)
        {
            Tell(change);
            TellIfDrained();
            await changes.Write(change);
            _awaited.Tell(id, change.State);
            FollowFlow(change);
            await ends.TellNowAsync(record with { Row = record.Row with { State = change.State } });
        }
        else if (_state.Standing(id, time.NowMs()) is { } standing)
        {
            throw Conflict(standing.State, "cancel it first");
        }
        else if (!record.Told)
        {
            await ends.TellNowAsync(record);
        }

        if (!IsOpen(id))
            await changes.DeleteAsync([id]);
        return before;
    }

    private bool IsOpen(JobId id) => _state.Standing(id, time.NowMs()) is not null;

    private async Task ReopenAsync(JobRecord record)
    {
        var now = time.NowMs();
        if (_state.RetryByHand(record.Row, now) is { } change)
        {
            Tell(change, record.Job.Name);
            await changes.ReopenAsync(record.Job, change, now);
        }
    }

    private async Task<JobView> ViewAsync(JobId id)
    {
        var view = await store.FindAsync(_name, id, CancellationToken.None) ?? throw JubileeException.NotFound("job");
        var standing = _state.Standing(id, time.NowMs());
        return view with { Position = standing?.Position, EtaSeconds = standing?.EtaSeconds };
    }

    private async Task<JubileeException> ConflictAsync(JobId id, string rule) =>
        Conflict(_state.Standing(id, time.NowMs())?.State ?? (await ViewAsync(id)).State, rule);

    private static JubileeException Conflict(JobState state, string rule) =>
        new(ErrorCode.JobStateConflict, $"The job is {EnumText<JobState>.Of(state)}: {rule}.");
}
