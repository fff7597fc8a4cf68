using JubileeVerse.Errors;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Intake;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Operations;

/// <summary>Actions on single jobs: an owner's cancellation, and the actions of operators.</summary>
internal sealed class JobOperations(
    QueueContext queue,
    JobClaims claims,
    EndNotifier endNotifier,
    JobChangeRecorder recorder,
    QueueEventPublisher events,
    QueueDispatcher dispatcher,
    PollWaiters polls,
    QueueIntake intake)
{
    /// <summary>Completes when each job that was accepted before the call has a row of its own.</summary>
    public Task StoreRowsAsync(CancellationToken cancellationToken) => queue.Changes.UnpackAsync().WaitAsync(cancellationToken);

    /// <summary>Cancels an open job, or asks its run to stop; completes after the commit. False: the job is not open.</summary>
    public async Task<bool> TryCancelAsync(JobId id)
    {
        var result = queue.State.Actions.Cancel(id, queue.NowMs());
        if (result.Change is not { } change)
            return false;

        var written = queue.Changes.Write(change);
        polls.Complete(result.Worker);
        if (change.Event is not null)
            recorder.OnDecided(change);
        dispatcher.Dispatch();
        await written;
        recorder.OnCommitted(change, queue.NowMs());
        return true;
    }

    public async Task<JobView> CancelAsync(JobId id)
    {
        if (!await TryCancelAsync(id))
        {
            var ended = await ViewAsync(id);
            return ended.State == JobState.Cancelled ? ended : throw Conflict(ended.State, "only an open job can be cancelled");
        }

        return await ViewAsync(id);
    }

    public async Task<JobView> RetryAsync(JobId id, CancellationToken cancellationToken)
    {
        await queue.Changes.UnpackAsync();
        var stored = await queue.Store.FindStoredAsync(queue.Name, id, cancellationToken) ?? throw JubileeException.NotFound("job");
        if (stored.State != JobState.Failed || queue.IsOpen(id))
            throw Conflict(stored.State, "only a failed job can be retried");
        if (!stored.Acknowledged)
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(stored));
        if (!await endNotifier.ReopenAsync(id, stored.Job.OrderKey, () => ReopenAsync(stored)))
        {
            throw new JubileeException(
                ErrorCode.JobStateConflict, "The owner of the job no longer accepts its result, so the job cannot be retried.");
        }

        dispatcher.Dispatch();
        return await ViewAsync(id);
    }

    public async Task<JobView> PromoteAsync(JobId id)
    {
        if (queue.State.Actions.Promote(id, queue.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only a delayed job can be promoted");

        var written = queue.Changes.Write(change);
        recorder.OnDecided(change);
        dispatcher.Dispatch();
        await written;
        return await ViewAsync(id);
    }

    public async Task<JobView> SetPriorityAsync(JobId id, int priority)
    {
        if (priority is < Job.MinPriority or > Job.MaxPriority)
            throw JubileeException.Invalid("priority", $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        if (queue.State.Actions.SetPriority(id, priority, queue.NowMs()) is not { } change)
            throw await ConflictAsync(id, "only the priority of an open job can be changed");

        if (queue.Recent.TryGet(id, out var known))
            queue.Recent.Replace(known with { Priority = priority });
        await queue.Changes.Write(change);
        return await ViewAsync(id);
    }

    public async Task<JobView> RemoveAsync(JobId id, CancellationToken cancellationToken)
    {
        await queue.Changes.UnpackAsync();
        var stored = await ReadSettledAsync(id, cancellationToken);
        var before = await ViewAsync(id);
        if (queue.State.Actions.Remove(id, queue.NowMs()) is { } change)
        {
            recorder.OnDecided(change);
            events.PublishIfDrained();
            await queue.Changes.Write(change);
            await Task.WhenAll(recorder.OnEndStored(change), endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(change)));
        }
        else if (queue.StatusOf(id) is { } status)
        {
            throw Conflict(status.State, "cancel it first");
        }
        else if (JobStateMachine.IsOpen(stored.State))
        {
            throw Conflict(stored.State, "its end is being written; try again");
        }
        else if (!stored.Acknowledged)
        {
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(stored));
        }

        if (!queue.IsOpen(id))
            await queue.Changes.DeleteAsync([id]);
        return before;
    }

    /// <summary>
    /// Reads a stored job and waits for its end to be written if the job has ended in memory only. Without the wait, a delete could
    /// precede that write, which would restore the row.
    /// </summary>
    private async Task<StoredJob> ReadSettledAsync(JobId id, CancellationToken cancellationToken)
    {
        var stored = await queue.Store.FindStoredAsync(queue.Name, id, cancellationToken);
        if (stored is { } row && JobStateMachine.IsOpen(row.State) && !queue.IsOpen(id))
        {
            await intake.WaitAsync(id, cancellationToken);
            stored = await queue.Store.FindStoredAsync(queue.Name, id, cancellationToken);
        }

        return stored ?? throw JubileeException.NotFound("job");
    }

    private async Task ReopenAsync(StoredJob stored)
    {
        var now = queue.NowMs();
        if (queue.State.Actions.RetryByHand(stored, now) is { } change)
        {
            queue.Recent.Add(stored.Job);
            recorder.OnDecided(change, stored.Job.Name);
            await queue.Changes.ReopenAsync(stored.Job, change, now, claims.Reopen(change.Id, stored.Job.DedupKey));
        }
    }

    private async Task<JobView> ViewAsync(JobId id)
    {
        await queue.Changes.UnpackAsync();
        var view = await queue.Store.FindAsync(queue.Name, id, CancellationToken.None) ?? throw JubileeException.NotFound("job");
        var status = queue.StatusOf(id);
        return view with { Position = status?.Position, EtaSeconds = status?.EtaSeconds };
    }

    private async Task<JubileeException> ConflictAsync(JobId id, string rule) =>
        Conflict(queue.StatusOf(id)?.State ?? (await ViewAsync(id)).State, rule);

    private static JubileeException Conflict(JobState state, string rule) =>
        new(ErrorCode.JobStateConflict, $"The job is {EnumText<JobState>.Format(state)}: {rule}.");
}
