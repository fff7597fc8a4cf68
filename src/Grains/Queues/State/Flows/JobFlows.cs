using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Flows;

/// <summary>The transitions of jobs that wait for their children.</summary>
internal sealed class JobFlows(QueueMemory memory)
{
    /// <summary>
    /// Unblocks or fails each job whose children have ended or failed. After a load that may have happened long ago, so all rows must be
    /// loaded before the call.
    /// </summary>
    public ImmutableArray<JobChange> Settle(long now)
    {
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        while (memory.Jobs.Flows.Next() is { } move)
        {
            var job = memory.Jobs.Find(move.Id)!;
            memory.Jobs.Move(job, move.Event, now, sortKey: move.Event == JobEvent.Unblocked ? memory.Jobs.SortKeyFor(job, now) : null);
            var failure = move.FailedChild is { } child ? $"Child job {child} failed." : null;
            changes.Add(memory.ChangeOf(job, move.Event, now, failure: failure));
        }

        return changes.ToImmutable();
    }

    /// <summary>
    /// Records that a job's end is stored, and returns the resulting changes of its parent. Nothing happens when the job was reopened.
    /// </summary>
    public ImmutableArray<JobChange> EndStored(JobId id, JobState state, long now)
    {
        var key = CompactId.From(id);
        if (memory.Jobs.Find(key) is not null) return [];

        memory.Jobs.Flows.Ended(key, state);
        return Settle(now);
    }
}
