using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State;

/// <summary>Takes jobs into a queue: loaded from the table, offered, or added by the queue itself.</summary>
internal sealed class JobIntake(QueueMemory memory)
{
    private const int MaxAnnouncedOneByOne = 100;

    /// <summary>
    /// Takes in rows in the order of their acceptance, at activation and from each sweep. Known jobs are not changed. Of ended jobs only
    /// the id is kept, so the rows of recently ended jobs must be included. The changes store the sort keys of rows that had none.
    /// </summary>
    public ImmutableArray<JobChange> Load(IEnumerable<StoredJob> rows, long now)
    {
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        var added = new List<OpenJob>();
        foreach (var row in rows)
        {
            var id = CompactId.From(row.Id);
            if (memory.Jobs.Find(id) is not null || memory.Jobs.HasEnded(id)) continue;
            if (!JobStateMachine.IsOpen(row.State))
            {
                memory.Jobs.RememberEnded(id, row.EndedAt ?? now);
                memory.Jobs.Flows.AddEnded(row);
                continue;
            }

            var job = memory.Jobs.Add(row, row.ReadyAt ?? row.Job.AcceptedAt);
            added.Add(job);
            if (job.State == JobState.Active)
                memory.Leases.Restore(id, JobLease.FromRun(job.LastRun), row.LeaseWorker ?? "", now, row.Stop);
            if (row.SortKey is null) changes.Add(memory.ChangeOf(job, null, now, row.ReadyAt));
        }

        // The ranks that a former activation announced are unknown. Two walks down the tree for each job would double the time to load a
        // million.
        if (added.Count > MaxAnnouncedOneByOne) memory.Jobs.Backlog.HasManyUnannounced = true;
        else added.ForEach(memory.Jobs.Backlog.SetAnnounced);
        return changes.ToImmutable();
    }

    /// <summary>Takes in a job whose row is committed. A job that is open or has ended is not changed.</summary>
    public AcceptResult Accept(Job job, long now)
    {
        if (Find(job, now) is { } known) return known;

        var row = StoredJob.FromNew(job);
        var accepted = memory.Jobs.Add(row, row.ReadyAt ?? job.AcceptedAt);
        return new(AcceptKind.Accepted, Announce(accepted, now), memory.ChangeOf(accepted, null, now, row.ReadyAt));
    }

    /// <summary>
    /// Counts a new job for its user and computes its sort key, before the job's row is written. Each prepared job must be passed to
    /// <see cref="Finish"/> or <see cref="Abandon"/>.
    /// </summary>
    public PreparedJob Prepare(Job job)
    {
        var row = StoredJob.FromNew(job);
        var share = memory.Jobs.Reserve(job);
        return new PreparedJob(row with { SortKey = memory.Jobs.SortKeyFor(job, share, row.ReadyAt ?? job.AcceptedAt) }, share);
    }

    /// <summary>
    /// Takes in a prepared job whose row is committed; from now on it may start. The result is null when the job has ended already, because
    /// the sweep took it in first.
    /// </summary>
    public JobStatus? Finish(PreparedJob prepared, long now)
    {
        memory.Jobs.Release(prepared.Row.Job, prepared.User);
        var id = CompactId.From(prepared.Row.Id);
        if (memory.Jobs.Find(id) is not null || memory.Jobs.HasEnded(id)) return memory.StatusOf(prepared.Row.Id, now);
        return Announce(memory.Jobs.Add(prepared.Row, prepared.Row.Job.AcceptedAt), now);
    }

    /// <summary>Makes an id usable again, although a job with this id ended a short while ago.</summary>
    public void Forget(JobId id) => memory.Jobs.ForgetEnded(CompactId.From(id));

    public void Abandon(PreparedJob prepared) => memory.Jobs.Release(prepared.Row.Job, prepared.User);

    private JobStatus Announce(OpenJob job, long now)
    {
        var status = memory.StatusOf(job, now);
        memory.Jobs.Backlog.SetAnnounced(job);
        return status;
    }

    private AcceptResult? Find(Job job, long now)
    {
        var id = CompactId.From(job.Id);
        if (memory.Jobs.Find(id) is { } open) return new(AcceptKind.AlreadyOpen, memory.StatusOf(open, now), null);
        return memory.Jobs.HasEnded(id) ? new(AcceptKind.Ended, null, null) : null;
    }
}
