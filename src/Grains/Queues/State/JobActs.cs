namespace JubileeVerse.Queues.State;

/// <summary>What people do to single jobs.</summary>
internal sealed class JobActs(QueueMemory memory)
{
    /// <inheritdoc cref="QueueState.Cancel"/>
    public CancelResult Cancel(JobId id, long now, StopRequest request)
    {
        if (memory.Book.Find(CompactId.Of(id)) is not { } job) return new(CancelKind.NotFound);
        if (memory.Leases.Find(job.Id) is not { } lease) return new(CancelKind.Ended, memory.Move(job, JobEvent.Cancelled, now));

        lease.Stop = (StopRequest)Math.Max((int)lease.Stop, (int)request);
        return new(CancelKind.StopRequested, memory.ChangeOf(job, null, now), lease.Worker);
    }

    /// <inheritdoc cref="QueueState.Promote"/>
    public JobChange? Promote(JobId id, long now) =>
        memory.Book.Find(CompactId.Of(id)) is { State: JobState.Delayed } job
            ? memory.Move(job, JobEvent.Promoted, now, place: Math.Min(job.Place, memory.Book.PlaceFrom(job, now)))
            : null;

    /// <inheritdoc cref="QueueState.SetPriority"/>
    public JobChange? SetPriority(JobId id, int priority, long now)
    {
        if (memory.Book.Find(CompactId.Of(id)) is not { } job) return null;

        memory.Book.SetPriority(job, priority);
        return memory.ChangeOf(job, null, now, JobBook.ReadyAtOf(job));
    }

    /// <inheritdoc cref="QueueState.Remove"/>
    public JobChange? Remove(JobId id, long now) =>
        memory.Book.Find(CompactId.Of(id)) is { State: not JobState.Active } job ? memory.Move(job, JobEvent.Removed, now) : null;

    /// <inheritdoc cref="QueueState.RetryByHand"/>
    public JobChange? RetryByHand(StoredJob row, long now)
    {
        if (memory.Book.Find(CompactId.Of(row.Id)) is not null) return null;
        if (!JobStateMachine.TryMove(row.State, JobEvent.RetriedByHand, out var to)) return null;

        var deadline = row.Deadline <= now ? null : row.Deadline;
        var again = row with { State = to, AttemptsMade = 0, StalledCount = 0, Place = null, Deadline = deadline };
        var job = memory.Book.Add(again, now, readySince: now);
        memory.Book.Backlog.SetTold(job);
        return memory.ChangeOf(job, JobEvent.RetriedByHand, now);
    }
}
