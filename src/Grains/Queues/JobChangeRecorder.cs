using System.Collections.Immutable;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <summary>Writes the changes that <see cref="State.QueueState"/> decides, and triggers their effects beyond the changed job.</summary>
/// <remarks>
/// A change takes effect twice. When it is decided (<see cref="OnDecided"/>), it is published, and the next job of a schedule is added.
/// When it is stored (<see cref="OnCommitted"/>), the calls that wait for the job's end, its parent, its claims and its owner are notified.
/// A method that writes a change itself calls both; <see cref="Record(JobChange)"/> is for changes whose write no caller awaits.
/// </remarks>
internal sealed class JobChangeRecorder(
    QueueContext queue, QueueEventPublisher events, JobClaims claims, EndNotifier endNotifier, CompletionWaiters completions)
{
    private QueueDispatcher _dispatcher = null!;
    private QueueScheduler _scheduler = null!;

    /// <summary>Sets the parts that changes affect. They record changes themselves, so this recorder is created before them.</summary>
    public void Open(QueueDispatcher dispatcher, QueueScheduler scheduler)
    {
        _dispatcher = dispatcher;
        _scheduler = scheduler;
    }

    public void Record(ImmutableArray<JobChange> decided)
    {
        foreach (var change in decided)
            Record(change);
    }

    /// <summary>Writes a change that no caller awaits. An end takes effect when it is stored.</summary>
    public void Record(JobChange change)
    {
        OnDecided(change);
        if (change.Event == JobEvent.Started)
        {
            queue.Changes.WriteStart(change);
            return;
        }

        var written = queue.Changes.Write(change);
        if (change.EndedAt is not null)
            OnCommittedAsync(written, change, queue.NowMs()).Ignore();
        else
            written.Ignore();
    }

    /// <summary>
    /// Triggers the effects of a change beyond its job as soon as the change is decided. Every change must pass through this method, and
    /// every end also through <see cref="OnEndStored"/> when it is stored.
    /// </summary>
    /// <param name="name">The job's name, when the caller knows it.</param>
    public void OnDecided(JobChange change, string? name = null)
    {
        events.PublishChange(change, name);
        if (change.State == JobState.Active || change.EndedAt is not null)
            _scheduler.AddNextAfter(change.Id);
    }

    /// <summary>
    /// Triggers the effects of a stored change. The delay of a retry counts from the decision, whatever part of it the commit has taken.
    /// </summary>
    public void OnCommitted(JobChange change, long decidedAt)
    {
        if (change.EndedAt is not null)
            OnEndStored(change).Ignore();
        if (change is { EndedAt: not null, Stop: StopRequest.Remove })
            DeleteAfterEndAsync(change.Id).Ignore();
        else if (change.EndedAt is not null && !change.Acknowledged)
            endNotifier.EnqueueEnded(change);
        else if (change is { Event: JobEvent.AttemptFailed, ReadyAt: { } readyAt })
            endNotifier.NotifyRetrying(change, TimeSpan.FromMilliseconds(Math.Max(0, readyAt - decidedAt)));
    }

    /// <summary>
    /// Triggers the effects of an end that is stored, or of a row that is deleted: waiting calls, the parent and the claims. The listener
    /// is notified separately. Completes when the claims are updated.
    /// </summary>
    public Task OnEndStored(JobChange change)
    {
        queue.Recent.Remove(change.Id);
        completions.Complete(change.Id, change.State);
        UpdateParent(change);

        // When an operator's retry preceded the commit of the end and replaced it, the job is open and its claims stay.
        return change.EndedAt is { } endedAt && !queue.IsOpen(change.Id)
            ? claims.EndedAsync(change.Id, change.State, endedAt)
            : Task.CompletedTask;
    }

    /// <summary>Deletes an ended job whose removal was requested while it ran, after its listener has acknowledged the end.</summary>
    public async Task DeleteAfterEndAsync(JobId id)
    {
        if (await queue.Store.FindStoredAsync(queue.Name, id, CancellationToken.None) is { Acknowledged: false } stored)
            await endNotifier.NotifyEndedAsync(UnacknowledgedEnd.From(stored));
        await queue.Changes.DeleteAsync([id]);
    }

    private async Task OnCommittedAsync(Task written, JobChange change, long decidedAt)
    {
        await written;
        OnCommitted(change, decidedAt);
    }

    /// <summary>
    /// Moves the parent of a job whose end is stored: it becomes ready or fails. It must not be called before the end is stored, because
    /// the parent's run reads the results of its children.
    /// </summary>
    private void UpdateParent(JobChange change)
    {
        var moved = queue.State.Flows.EndStored(change.Id, change.State, queue.NowMs());
        if (moved.IsEmpty)
            return;
        Record(moved);
        _dispatcher.Dispatch();
    }
}
