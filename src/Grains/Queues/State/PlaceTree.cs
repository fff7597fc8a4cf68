namespace JubileeVerse.Queues.State;

/// <summary>
/// The waiting jobs in the order of their places: a treap whose nodes count what is below them, so that a position,
/// the first job that may start, the oldest and the next deadline each take one walk down however many stand before it.
/// </summary>
internal sealed class PlaceTree
{
    private OpenJob? _root;

    public int Count => _root?.Tree.Count ?? 0;

    public int StartableCount => _root?.Tree.StartableCount ?? 0;

    /// <summary><see cref="long.MaxValue"/> when nothing waits.</summary>
    public long OldestAccepted => _root?.Tree.OldestAccepted ?? long.MaxValue;

    /// <summary><see cref="long.MaxValue"/> when nothing waits or nothing has one.</summary>
    public long EarliestDeadline => _root?.Tree.EarliestDeadline ?? long.MaxValue;

    public void Insert(OpenJob job, bool startable)
    {
        job.IsStartable = startable;
        var height = job.TreeHeight;

        // On the way down each node counts the job in, without a look at its other child: loading a million jobs is mostly this.
        ref var link = ref _root;
        while (link is { } node && node.TreeHeight >= height)
        {
            CountIn(node, job);
            link = ref OpenJob.ComparePlace(job, node) < 0 ? ref node.Tree.Left : ref node.Tree.Right;
        }

        Split(link, job, out job.Tree.Left, out job.Tree.Right);
        Sum(job);
        link = job;
    }

    /// <summary>The job is in the tree.</summary>
    public void Remove(OpenJob job)
    {
        _root = Remove(_root, job);
        job.Tree = default;
        job.IsStartable = false;
    }

    /// <summary>The job is in the tree.</summary>
    public void SetStartable(OpenJob job, bool startable)
    {
        if (job.IsStartable == startable) return;

        var change = startable ? 1 : -1;
        var node = _root!;
        while (true)
        {
            node.Tree.StartableCount += change;
            if (ReferenceEquals(node, job)) break;
            node = (OpenJob.ComparePlace(job, node) < 0 ? node.Tree.Left : node.Tree.Right)!;
        }

        job.IsStartable = startable;
    }

    /// <summary>1 for the first of all that wait, whether it may start or not. The job is in the tree.</summary>
    public int PositionOf(OpenJob job)
    {
        var before = 0;
        var node = _root!;
        while (true)
        {
            var order = OpenJob.ComparePlace(job, node);
            if (order < 0)
            {
                node = node.Tree.Left!;
                continue;
            }

            before += CountOf(node.Tree.Left);
            if (order == 0) return before + 1;
            before++;
            node = node.Tree.Right!;
        }
    }

    /// <summary>The job at the position: 1 to <see cref="Count"/>.</summary>
    public OpenJob At(int position)
    {
        var node = _root!;
        while (true)
        {
            var before = CountOf(node.Tree.Left);
            if (position == before + 1) return node;
            if (position <= before)
            {
                node = node.Tree.Left!;
                continue;
            }

            position -= before + 1;
            node = node.Tree.Right!;
        }
    }

    /// <summary>The lowest place that may start; null when none may.</summary>
    public OpenJob? FirstStartable()
    {
        var node = StartableCount == 0 ? null : _root;
        while (node is not null)
        {
            if (node.Tree.Left is { Tree.StartableCount: > 0 } left) node = left;
            else if (node.IsStartable) return node;
            else node = node.Tree.Right;
        }

        return null;
    }

    /// <summary>The lowest place whose deadline has come; null when there is none.</summary>
    public OpenJob? FirstPastDeadline(long nowMs)
    {
        var node = EarliestDeadline > nowMs ? null : _root;
        while (node is not null)
        {
            if (node.Tree.Left is { } left && left.Tree.EarliestDeadline <= nowMs) node = left;
            else if (node.Deadline <= nowMs) return node;
            else node = node.Tree.Right;
        }

        return null;
    }

    private static OpenJob? Remove(OpenJob? node, OpenJob job)
    {
        if (node is null) throw new InvalidOperationException($"Job {job.Id} is not in the tree.");
        if (ReferenceEquals(node, job)) return Merge(node.Tree.Left, node.Tree.Right);

        if (OpenJob.ComparePlace(job, node) < 0) node.Tree.Left = Remove(node.Tree.Left, job);
        else node.Tree.Right = Remove(node.Tree.Right, job);
        Sum(node);
        return node;
    }

    private static void Split(OpenJob? node, OpenJob at, out OpenJob? before, out OpenJob? after)
    {
        if (node is null)
        {
            before = after = null;
            return;
        }

        if (OpenJob.ComparePlace(node, at) < 0)
        {
            before = node;
            Split(node.Tree.Right, at, out node.Tree.Right, out after);
        }
        else
        {
            after = node;
            Split(node.Tree.Left, at, out before, out node.Tree.Left);
        }

        Sum(node);
    }

    private static OpenJob? Merge(OpenJob? before, OpenJob? after)
    {
        if (before is null) return after;
        if (after is null) return before;

        if (before.TreeHeight > after.TreeHeight)
        {
            before.Tree.Right = Merge(before.Tree.Right, after);
            Sum(before);
            return before;
        }

        after.Tree.Left = Merge(before, after.Tree.Left);
        Sum(after);
        return after;
    }

    private static void CountIn(OpenJob node, OpenJob job)
    {
        node.Tree.Count++;
        node.Tree.StartableCount += job.IsStartable ? 1 : 0;
        node.Tree.OldestAccepted = Math.Min(node.Tree.OldestAccepted, job.AcceptedAt);
        node.Tree.EarliestDeadline = Math.Min(node.Tree.EarliestDeadline, job.Deadline);
    }

    private static int CountOf(OpenJob? node) => node?.Tree.Count ?? 0;

    private static void Sum(OpenJob node)
    {
        ref var tree = ref node.Tree;
        tree.Count = 1;
        tree.StartableCount = node.IsStartable ? 1 : 0;
        tree.OldestAccepted = node.AcceptedAt;
        tree.EarliestDeadline = node.Deadline;
        Add(ref tree, tree.Left);
        Add(ref tree, tree.Right);
    }

    private static void Add(ref OpenJob.TreeLinks tree, OpenJob? child)
    {
        if (child is null) return;
        tree.Count += child.Tree.Count;
        tree.StartableCount += child.Tree.StartableCount;
        tree.OldestAccepted = Math.Min(tree.OldestAccepted, child.Tree.OldestAccepted);
        tree.EarliestDeadline = Math.Min(tree.EarliestDeadline, child.Tree.EarliestDeadline);
    }
}
