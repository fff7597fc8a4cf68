using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Flows;

/// <summary>
/// The open jobs that are children of another job, and the jobs that are blocked by their children. The number of open children is counted
/// from the open jobs and never stored, so it cannot drift. Jobs outside flows have no entry here and cost nothing.
/// </summary>
/// <remarks>
/// A child counts as open until its end is stored (<see cref="Ended"/>), so that its parent finds the child's result in the table. If the
/// queue fails between that and the parent's transition, the next activation sees the same: no open child, or the row of a failed one.
/// </remarks>
internal sealed class FlowRegistry
{
    private readonly Dictionary<CompactId, ParentReference> _children = [];
    private readonly Dictionary<CompactId, int> _openChildren = [];
    private readonly Dictionary<CompactId, FailedChild?> _blocked = [];
    private readonly Queue<CompactId> _pending = new();

    /// <summary>Adds an open job.</summary>
    public void Add(CompactId id, in StoredJob row)
    {
        if (row.Job.ParentId is { } parentId)
        {
            var parent = CompactId.From(parentId);
            if (_children.TryAdd(id, new(parent, row.Job.OnFailure)))
                _openChildren[parent] = _openChildren.GetValueOrDefault(parent) + 1;
        }

        if (row.State != JobState.Blocked) return;
        _blocked.Add(id, null);
        _pending.Enqueue(id);
    }

    /// <summary>Adds an ended job that was loaded from the table. Its parent must have been added before.</summary>
    public void AddEnded(in StoredJob row)
    {
        if (row is { Job.ParentId: { } parent, State: JobState.Failed })
            Fail(CompactId.From(row.Id), new(CompactId.From(parent), row.Job.OnFailure));
    }

    /// <summary>Removes a job that is no longer blocked by its children, whatever the reason.</summary>
    public void Unblock(CompactId id) => _blocked.Remove(id);

    /// <summary>Records that a job's end is stored.</summary>
    public void Ended(CompactId id, JobState state)
    {
        if (!_children.Remove(id, out var child)) return;
        if (state == JobState.Failed) Fail(id, child);
        if (--_openChildren[child.Parent] == 0) _openChildren.Remove(child.Parent);
        _pending.Enqueue(child.Parent);
    }

    /// <summary>
    /// The next job that its children no longer block, with the event that the caller must apply; null when there is none.
    /// </summary>
    public FlowMove? Next()
    {
        while (_pending.TryDequeue(out var id))
        {
            if (!_blocked.TryGetValue(id, out var failed)) continue;
            if (failed is { OnFailure: ChildFailure.FailParent }) return new(id, JobEvent.ChildFailed, failed.Value.Id);
            if (failed is not null || !_openChildren.ContainsKey(id)) return new(id, JobEvent.Unblocked, null);
        }

        return null;
    }

    private void Fail(CompactId id, ParentReference child)
    {
        // A failure that lets the parent run does not override an earlier failure that fails the parent.
        if (child.OnFailure == ChildFailure.Ignore || !_blocked.TryGetValue(child.Parent, out var other)) return;
        if (other is { OnFailure: ChildFailure.FailParent }) return;
        _blocked[child.Parent] = new(id, child.OnFailure);
        _pending.Enqueue(child.Parent);
    }

    private readonly record struct ParentReference(CompactId Parent, ChildFailure OnFailure);

    private readonly record struct FailedChild(CompactId Id, ChildFailure OnFailure);
}
