using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>How jobs come into a queue: from the table, by an offer, or added by the queue itself.</summary>
internal sealed class JobIntake(QueueMemory memory)
{
    private const int FewAdded = 100;

    /// <inheritdoc cref="QueueState.Load"/>
    public ImmutableArray<JobChange> Load(IEnumerable<StoredJob> rows, long now)
    {
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        var added = new List<OpenJob>();
        foreach (var row in rows)
        {
            var id = CompactId.Of(row.Id);
            if (memory.Book.Find(id) is not null || memory.Book.HasEnded(id)) continue;
            if (!JobStateMachine.IsOpen(row.State))
            {
                memory.Book.RememberEnded(id, row.EndedAt ?? now);
                memory.Book.Flows.AddEnded(row);
                continue;
            }

            var job = memory.Book.Add(row, row.ReadyAt ?? row.AcceptedAt);
            added.Add(job);
            if (job.State == JobState.Active) memory.Leases.Restore(id, JobLease.FromRun(job.LastRun), row.LeaseWorker ?? "", now, row.Stop);
            if (row.Place is null) changes.Add(memory.ChangeOf(job, null, now, row.ReadyAt));
        }

        // What a former activation told of them is not known. Two walks down for each would double the time that loading a million takes.
        if (added.Count > FewAdded) memory.Book.Backlog.ManyUntold = true;
        else added.ForEach(memory.Book.Backlog.SetTold);
        return changes.ToImmutable();
    }

    /// <summary>Takes in a job whose row is committed. Changes nothing for one that is open or has ended.</summary>
    public AcceptResult Accept(Job job, long now)
    {
        if (Find(job, now) is { } known) return known;

        var row = StoredJob.Fresh(job);
        var accepted = memory.Book.Add(row, row.ReadyAt ?? job.AcceptedAt);
        return new(AcceptKind.Accepted, Told(accepted, now), memory.ChangeOf(accepted, null, now, row.ReadyAt));
    }

    /// <summary>
    /// Counts a new job for its user and gives it its place, before its row is written with it. What is prepared has to be ended with
    /// <see cref="Finish"/> or <see cref="Abandon"/>.
    /// </summary>
    public PreparedJob Prepare(Job job)
    {
        var row = StoredJob.Fresh(job);
        var share = memory.Book.Reserve(row);
        return new PreparedJob(row with { Place = memory.Book.PlaceFrom(row, share, row.ReadyAt ?? job.AcceptedAt) }, share);
    }

    /// <summary>Its row is committed: from now on it may start. Null: another way was quicker, such as the sweep.</summary>
    public JobStanding? Finish(PreparedJob prepared, long now)
    {
        memory.Book.Release(prepared.Row, prepared.User);
        var id = CompactId.Of(prepared.Row.Id);
        if (memory.Book.Find(id) is not null || memory.Book.HasEnded(id)) return memory.StandingOf(prepared.Row.Id, now);
        return Told(memory.Book.Add(prepared.Row, prepared.Row.AcceptedAt), now);
    }

    /// <summary>Its id may be used again, though a job of that id ended a short while ago.</summary>
    public void Forget(JobId id) => memory.Book.ForgetEnded(CompactId.Of(id));

    public void Abandon(PreparedJob prepared) => memory.Book.Release(prepared.Row, prepared.User);

    private JobStanding Told(OpenJob job, long now)
    {
        var standing = memory.StandingOf(job, now);
        memory.Book.Backlog.SetTold(job);
        return standing;
    }

    private AcceptResult? Find(Job job, long now)
    {
        var id = CompactId.Of(job.Id);
        if (memory.Book.Find(id) is { } open) return new(AcceptKind.Known, memory.StandingOf(open, now), null);
        return memory.Book.HasEnded(id) ? new(AcceptKind.Ended, null, null) : null;
    }
}

/// <summary>A job that has its place and is not committed yet.</summary>
/// <param name="Row">What is being written.</param>
/// <param name="User">Counts it already.</param>
internal sealed record PreparedJob(StoredJob Row, UserShare User);
