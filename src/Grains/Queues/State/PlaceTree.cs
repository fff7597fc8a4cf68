namespace JubileeVerse.Queues.State;

/// <summary>
/// The waiting jobs in the order of their places: a treap whose nodes count what is below them, so that a position,
/// the first job that may start, the oldest and the next deadline each take one walk down however many stand before it.
/// </summary>
/// <remarks>
/// A job is to be told anew where what it was told is twice its rank or more. How near the nearest to that is, is kept for each subtree as a
/// bound: a job that comes in pushes those behind it back, which leaves the bounds too high and costs a look in vain that mends them.
/// </remarks>
internal sealed class PlaceTree
{
    private const int NoSlack = int.MinValue / 2;

    private OpenJob? _root;

    public int Count => _root?.Tree.Count ?? 0;

    public int StartableCount { get; private set; }

    /// <summary><see cref="long.MaxValue"/> when nothing waits.</summary>
    public long WaitingSince => _root?.Tree.WaitingSince ?? long.MaxValue;

    /// <summary><see cref="long.MaxValue"/> when nothing waits or nothing has one.</summary>
    public long EarliestDeadline => _root?.Tree.EarliestDeadline ?? long.MaxValue;

    public void Insert(OpenJob job, bool startable)
    {
        job.IsStartable = startable;
        StartableCount += startable ? 1 : 0;
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
        StartableCount -= job.IsStartable ? 1 : 0;
        job.Tree = default;
        job.IsStartable = job.IsAnyStartable = false;
        job.Told = 0;
    }

    /// <summary>The job is in the tree.</summary>
    public void SetStartable(OpenJob job, bool startable)
    {
        if (job.IsStartable == startable) return;

        StartableCount += startable ? 1 : -1;
        job.IsStartable = startable;
        MarkStartable(_root!, job);
    }

    /// <summary>Notes which position was told. The job is in the tree.</summary>
    public void SetTold(OpenJob job, int position)
    {
        var rank = PositionOf(job);
        var node = _root!;
        job.Told = position;
        while (true)
        {
            node.Tree.Slack = Math.Max(node.Tree.Slack, position - (2 * rank));
            if (ReferenceEquals(node, job)) break;
            if (OpenJob.ComparePlace(job, node) < 0)
            {
                node = node.Tree.Left!;
                continue;
            }

            rank -= CountOf(node.Tree.Left) + 1;
            node = node.Tree.Right!;
        }
    }

    /// <summary>Counts the position of each job of which nothing was told as told.</summary>
    public void TellUntold() => TellUntold(_root, before: 0);

    /// <summary>Jobs whose position is half of the one told last or less, the first of all first; they count as told.</summary>
    public void TakeHalved(ICollection<OpenJob> halved, int limit) => TakeHalved(_root, before: 0, halved, limit);

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
            if (node.Tree.Left is { IsAnyStartable: true } left) node = left;
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

    /// <summary>Whether anything may start, from the job up to the top.</summary>
    private static void MarkStartable(OpenJob node, OpenJob job)
    {
        if (!ReferenceEquals(node, job))
            MarkStartable((OpenJob.ComparePlace(job, node) < 0 ? node.Tree.Left : node.Tree.Right)!, job);
        node.IsAnyStartable = node.IsStartable || node.Tree.Left is { IsAnyStartable: true } || node.Tree.Right is { IsAnyStartable: true };
    }

    private static void TellUntold(OpenJob? node, int before)
    {
        if (node is null) return;
        var rank = before + CountOf(node.Tree.Left) + 1;
        TellUntold(node.Tree.Left, before);
        if (node.Told == 0) node.Told = rank;
        TellUntold(node.Tree.Right, rank);
        Sum(node);
    }

    private static void TakeHalved(OpenJob? node, int before, ICollection<OpenJob> halved, int limit)
    {
        if (node is null || node.Tree.Slack < 2 * before || halved.Count >= limit) return;
        var rank = before + CountOf(node.Tree.Left) + 1;
        TakeHalved(node.Tree.Left, before, halved, limit);
        if (node.Told >= 2 * rank && halved.Count < limit)
        {
            node.Told = rank;
            halved.Add(node);
        }

        TakeHalved(node.Tree.Right, rank, halved, limit);
        Sum(node);
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
        node.IsAnyStartable |= job.IsStartable;
        node.Tree.WaitingSince = Math.Min(node.Tree.WaitingSince, job.WaitingSince);
        node.Tree.EarliestDeadline = Math.Min(node.Tree.EarliestDeadline, job.Deadline);
    }

    private static int CountOf(OpenJob? node) => node?.Tree.Count ?? 0;

    private static void Sum(OpenJob node)
    {
        ref var tree = ref node.Tree;
        tree.Count = 1;
        node.IsAnyStartable = node.IsStartable || tree.Left is { IsAnyStartable: true } || tree.Right is { IsAnyStartable: true };
        tree.WaitingSince = node.WaitingSince;
        tree.EarliestDeadline = node.Deadline;
        Add(ref tree, tree.Left);
        var rank = tree.Count;
        tree.Slack = node.Told == 0 ? NoSlack : node.Told - (2 * rank);
        if (tree.Left is { } left) tree.Slack = Math.Max(tree.Slack, left.Tree.Slack);
        if (tree.Right is { } right) tree.Slack = Math.Max(tree.Slack, right.Tree.Slack - (2 * rank));
        Add(ref tree, tree.Right);
    }

    private static void Add(ref OpenJob.TreeLinks tree, OpenJob? child)
    {
        if (child is null) return;
        tree.Count += child.Tree.Count;
        tree.WaitingSince = Math.Min(tree.WaitingSince, child.Tree.WaitingSince);
        tree.EarliestDeadline = Math.Min(tree.EarliestDeadline, child.Tree.EarliestDeadline);
    }
}
