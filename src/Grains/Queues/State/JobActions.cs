using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Queues.State;

/// <summary>Operators' actions on single jobs.</summary>
internal sealed class JobActions(QueueMemory memory)
{
    /// <summary>Cancels a job. It is idempotent: cancelling a run with a stop request sends the request again.</summary>
    public CancelResult Cancel(JobId id, long now, StopRequest request = StopRequest.Cancel)
    {
        if (memory.Jobs.Find(CompactId.From(id)) is not { } job) return new(CancelKind.NotFound);
        if (memory.Leases.Find(job.Id) is not { } lease) return new(CancelKind.Ended, memory.Move(job, JobEvent.Cancelled, now));

        lease.Stop = (StopRequest)Math.Max((int)lease.Stop, (int)request);
        return new(CancelKind.StopRequested, memory.ChangeOf(job, null, now), lease.Worker);
    }

    /// <summary>
    /// Makes a delayed job ready. Its sort key becomes the one of a job accepted now, or stays when it is lower. Null when the job is not
    /// delayed.
    /// </summary>
    public JobChange? Promote(JobId id, long now) =>
        memory.Jobs.Find(CompactId.From(id)) is { State: JobState.Delayed } job
            ? memory.Move(job, JobEvent.Promoted, now, sortKey: Math.Min(job.SortKey, memory.Jobs.SortKeyFor(job, now)))
            : null;

    /// <summary>Gives an open job the sort key that it would have had with the priority from the start; null when it is not open.</summary>
    public JobChange? SetPriority(JobId id, int priority, long now)
    {
        if (memory.Jobs.Find(CompactId.From(id)) is not { } job) return null;

        memory.Jobs.SetPriority(job, priority);
        return memory.ChangeOf(job, null, now, JobRegistry.ReadyAtOf(job));
    }

    /// <summary>Ends an open job whose row will be deleted; null when the job runs or is not open.</summary>
    public JobChange? Remove(JobId id, long now) =>
        memory.Jobs.Find(CompactId.From(id)) is { State: not JobState.Active } job ? memory.Move(job, JobEvent.Removed, now) : null;

    /// <summary>
    /// Reopens a failed job from the table with all its attempts, and with its deadline unless that has passed. Null when the job has not
    /// failed.
    /// </summary>
    public JobChange? RetryByHand(StoredJob row, long now)
    {
        if (memory.Jobs.Find(CompactId.From(row.Id)) is not null) return null;
        if (!JobStateMachine.TryMove(row.State, JobEvent.RetriedByHand, out var to)) return null;

        var job = row.Job.Deadline <= now ? row.Job with { Deadline = null } : row.Job;
        var reopened = row with { Job = job, State = to, AttemptsMade = 0, StalledCount = 0, SortKey = null };
        var open = memory.Jobs.Add(reopened, now, readySince: now);
        memory.Jobs.Backlog.SetAnnounced(open);
        return memory.ChangeOf(open, JobEvent.RetriedByHand, now);
    }
}
