using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>Jobs that wait for others.</summary>
internal sealed class JobFlows(QueueMemory memory)
{
    /// <summary>Moves those whose children have ended, or failed, which after a load may have been so for long. All rows are in by then.</summary>
    public ImmutableArray<JobChange> Settle(long now)
    {
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        while (memory.Book.Flows.Next() is { } move)
        {
            var job = memory.Book.Find(move.Id)!;
            memory.Book.Move(job, move.Event, now, place: move.Event == JobEvent.Unblocked ? memory.Book.PlaceFrom(job, now) : null);
            changes.Add(memory.ChangeOf(job, move.Event, now, failure: move.FailedChild is { } child ? $"Its child {child} failed." : null));
        }

        return changes.ToImmutable();
    }

    /// <inheritdoc cref="QueueState.EndStored"/>
    public ImmutableArray<JobChange> EndStored(JobId id, JobState state, long now)
    {
        var key = CompactId.Of(id);
        if (memory.Book.Find(key) is not null) return [];

        memory.Book.Flows.Ended(key, state);
        return Settle(now);
    }
}
