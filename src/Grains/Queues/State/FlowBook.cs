namespace JubileeVerse.Queues.State;

/// <summary>
/// Which open jobs are children, and which wait for theirs. How many are left is counted from what is open and stored nowhere, so it
/// cannot drift. Jobs outside of flows are not known here and cost nothing.
/// </summary>
/// <remarks>
/// A child counts until its end is stored (<see cref="Ended"/>), so that its parent finds its result in the table. Should the queue fall
/// between that and the parent's move, the next activation sees the same: no open child, or the row of a failed one.
/// </remarks>
internal sealed class FlowBook
{
    private readonly Dictionary<CompactId, ChildLink> _children = [];
    private readonly Dictionary<CompactId, int> _openChildren = [];
    private readonly Dictionary<CompactId, FailedChild?> _blocked = [];
    private readonly Queue<CompactId> _touched = new();

    /// <summary>A job that is open now.</summary>
    public void Add(CompactId id, in StoredJob row)
    {
        if (row.ParentId is { } parentId)
        {
            var parent = CompactId.Of(parentId);
            if (_children.TryAdd(id, new(parent, row.OnFailure)))
                _openChildren[parent] = _openChildren.GetValueOrDefault(parent) + 1;
        }

        if (row.State != JobState.Blocked) return;
        _blocked.Add(id, null);
        _touched.Enqueue(id);
    }

    /// <summary>An ended job of the table, after its parent was added.</summary>
    public void AddEnded(in StoredJob row)
    {
        if (row is { ParentId: { } parent, State: JobState.Failed }) Fail(CompactId.Of(row.Id), new(CompactId.Of(parent), row.OnFailure));
    }

    /// <summary>The job does not wait for its children any more, for whatever reason.</summary>
    public void Unblock(CompactId id) => _blocked.Remove(id);

    /// <summary>The job's end is stored.</summary>
    public void Ended(CompactId id, JobState state)
    {
        if (!_children.Remove(id, out var child)) return;
        if (state == JobState.Failed) Fail(id, child);
        if (--_openChildren[child.Parent] == 0) _openChildren.Remove(child.Parent);
        _touched.Enqueue(child.Parent);
    }

    /// <summary>The next job that waits for its children no longer, with what happens to it; null when there is none. It must be moved so.</summary>
    public FlowMove? Next()
    {
        while (_touched.TryDequeue(out var id))
        {
            if (!_blocked.TryGetValue(id, out var failed)) continue;
            if (failed is { OnFailure: ChildFailure.FailParent }) return new(id, JobEvent.ChildFailed, failed.Value.Id);
            if (failed is not null || !_openChildren.ContainsKey(id)) return new(id, JobEvent.Unblocked, null);
        }

        return null;
    }

    private void Fail(CompactId id, ChildLink child)
    {
        // One that lets the parent run does not undo what another has decided before it.
        if (child.OnFailure == ChildFailure.Ignore || !_blocked.TryGetValue(child.Parent, out var other)) return;
        if (other is { OnFailure: ChildFailure.FailParent }) return;
        _blocked[child.Parent] = new(id, child.OnFailure);
        _touched.Enqueue(child.Parent);
    }

    private readonly record struct ChildLink(CompactId Parent, ChildFailure OnFailure);

    private readonly record struct FailedChild(CompactId Id, ChildFailure OnFailure);
}

/// <param name="Id">A blocked job.</param>
/// <param name="Event">What happens to it.</param>
/// <param name="FailedChild">The one that fails it; null when it is ready.</param>
internal readonly record struct FlowMove(CompactId Id, JobEvent Event, CompactId? FailedChild);
