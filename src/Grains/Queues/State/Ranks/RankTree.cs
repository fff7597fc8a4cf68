using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// The waiting jobs in the order of their sort keys: a treap whose nodes hold aggregates of their subtrees. The rank of a job, the first
/// startable job, the oldest job and the next deadline each take one walk down the tree, however many jobs wait.
/// </summary>
/// <remarks>
/// A job's rank is announced again when <c>announced rank ≥ 2 · rank</c>. Each subtree holds its slack, an upper bound of
/// <c>announced rank − 2 · rank</c>. An insertion increases the ranks behind it and leaves the bounds too high; the next failed search
/// tightens them.
/// </remarks>
internal sealed class RankTree
{
    private const int NoSlack = int.MinValue / 2;

    private OpenJob? _root;

    public int Count => _root?.Tree.Count ?? 0;

    public int StartableCount { get; private set; }

    /// <summary>Unix milliseconds; <see cref="long.MaxValue"/> when no job waits.</summary>
    public long WaitingSince => _root?.Tree.WaitingSince ?? long.MaxValue;

    /// <summary>Unix milliseconds; <see cref="long.MaxValue"/> when no waiting job has a deadline.</summary>
    public long EarliestDeadline => _root?.Tree.EarliestDeadline ?? long.MaxValue;

    public void Insert(OpenJob job, bool startable)
    {
        job.IsStartable = startable;
        StartableCount += startable ? 1 : 0;
        var height = job.TreeHeight;

        // Each node on the path adds the job to its aggregates without reading its other child: this dominates the load of a million jobs.
        ref var link = ref _root;
        while (link is { } node && node.TreeHeight >= height)
        {
            Include(node, job);
            link = ref OpenJob.CompareSortKey(job, node) < 0 ? ref node.Tree.Left : ref node.Tree.Right;
        }

        Split(link, job, out job.Tree.Left, out job.Tree.Right);
        UpdateAggregates(job);
        link = job;
    }

    /// <summary>Removes a job, which must be in the tree.</summary>
    public void Remove(OpenJob job)
    {
        _root = Remove(_root, job);
        StartableCount -= job.IsStartable ? 1 : 0;
        job.Tree = default;
        job.IsStartable = job.IsAnyStartable = false;
        job.AnnouncedRank = 0;
    }

    /// <summary>Marks whether a job may start. The job must be in the tree.</summary>
    public void SetStartable(OpenJob job, bool startable)
    {
        if (job.IsStartable == startable) return;

        StartableCount += startable ? 1 : -1;
        job.IsStartable = startable;
        MarkStartable(_root!, job);
    }

    /// <summary>Records the announced rank of a job. The job must be in the tree.</summary>
    public void SetAnnouncedRank(OpenJob job, int announcedRank)
    {
        var rank = RankOf(job);
        var node = _root!;
        job.AnnouncedRank = announcedRank;
        while (true)
        {
            node.Tree.Slack = Math.Max(node.Tree.Slack, announcedRank - (2 * rank));
            if (ReferenceEquals(node, job)) break;
            if (OpenJob.CompareSortKey(job, node) < 0)
            {
                node = node.Tree.Left!;
                continue;
            }

            rank -= CountOf(node.Tree.Left) + 1;
            node = node.Tree.Right!;
        }
    }

    /// <summary>Records the current rank of each job without an announced rank as announced.</summary>
    public void SetMissingAnnouncedRanks() => SetMissingAnnouncedRanks(_root, before: 0);

    /// <summary>
    /// Adds the jobs whose rank is half of the announced rank or less to <paramref name="halved"/>, in the order of their ranks, and
    /// records their current ranks as announced.
    /// </summary>
    public void TakeHalved(ICollection<OpenJob> halved, int limit) => TakeHalved(_root, before: 0, halved, limit);

    /// <summary>The rank of a job among all waiting jobs, startable or not; 1 for the first. The job must be in the tree.</summary>
    public int RankOf(OpenJob job)
    {
        var before = 0;
        var node = _root!;
        while (true)
        {
            var order = OpenJob.CompareSortKey(job, node);
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

    /// <summary>The job at a rank from 1 to <see cref="Count"/>.</summary>
    public OpenJob JobAtRank(int rank)
    {
        var node = _root!;
        while (true)
        {
            var before = CountOf(node.Tree.Left);
            if (rank == before + 1) return node;
            if (rank <= before)
            {
                node = node.Tree.Left!;
                continue;
            }

            rank -= before + 1;
            node = node.Tree.Right!;
        }
    }

    /// <summary>The startable job with the lowest sort key; null when no job may start.</summary>
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

    /// <summary>The job with the lowest sort key whose deadline has passed; null when there is none.</summary>
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

    /// <summary>Updates <see cref="OpenJob.IsAnyStartable"/> from the job up to the root.</summary>
    private static void MarkStartable(OpenJob node, OpenJob job)
    {
        if (!ReferenceEquals(node, job))
            MarkStartable((OpenJob.CompareSortKey(job, node) < 0 ? node.Tree.Left : node.Tree.Right)!, job);
        node.IsAnyStartable = node.IsStartable || node.Tree.Left is { IsAnyStartable: true } || node.Tree.Right is { IsAnyStartable: true };
    }

    private static void SetMissingAnnouncedRanks(OpenJob? node, int before)
    {
        if (node is null) return;
        var rank = before + CountOf(node.Tree.Left) + 1;
        SetMissingAnnouncedRanks(node.Tree.Left, before);
        if (node.AnnouncedRank == 0) node.AnnouncedRank = rank;
        SetMissingAnnouncedRanks(node.Tree.Right, rank);
        UpdateAggregates(node);
    }

    private static void TakeHalved(OpenJob? node, int before, ICollection<OpenJob> halved, int limit)
    {
        if (node is null || node.Tree.Slack < 2 * before || halved.Count >= limit) return;
        var rank = before + CountOf(node.Tree.Left) + 1;
        TakeHalved(node.Tree.Left, before, halved, limit);
        if (node.AnnouncedRank >= 2 * rank && halved.Count < limit)
        {
            node.AnnouncedRank = rank;
            halved.Add(node);
        }

        TakeHalved(node.Tree.Right, rank, halved, limit);
        UpdateAggregates(node);
    }

    private static OpenJob? Remove(OpenJob? node, OpenJob job)
    {
        if (node is null) throw new InvalidOperationException($"Job {job.Id} is not in the tree.");
        if (ReferenceEquals(node, job)) return Merge(node.Tree.Left, node.Tree.Right);

        if (OpenJob.CompareSortKey(job, node) < 0) node.Tree.Left = Remove(node.Tree.Left, job);
        else node.Tree.Right = Remove(node.Tree.Right, job);
        UpdateAggregates(node);
        return node;
    }

    private static void Split(OpenJob? node, OpenJob at, out OpenJob? before, out OpenJob? after)
    {
        if (node is null)
        {
            before = after = null;
            return;
        }

        if (OpenJob.CompareSortKey(node, at) < 0)
        {
            before = node;
            Split(node.Tree.Right, at, out node.Tree.Right, out after);
        }
        else
        {
            after = node;
            Split(node.Tree.Left, at, out before, out node.Tree.Left);
        }

        UpdateAggregates(node);
    }

    private static OpenJob? Merge(OpenJob? before, OpenJob? after)
    {
        if (before is null) return after;
        if (after is null) return before;

        if (before.TreeHeight > after.TreeHeight)
        {
            before.Tree.Right = Merge(before.Tree.Right, after);
            UpdateAggregates(before);
            return before;
        }

        after.Tree.Left = Merge(before, after.Tree.Left);
        UpdateAggregates(after);
        return after;
    }

    private static void Include(OpenJob node, OpenJob job)
    {
        node.Tree.Count++;
        node.IsAnyStartable |= job.IsStartable;
        node.Tree.WaitingSince = Math.Min(node.Tree.WaitingSince, job.WaitingSince);
        node.Tree.EarliestDeadline = Math.Min(node.Tree.EarliestDeadline, job.Deadline);
    }

    private static int CountOf(OpenJob? node) => node?.Tree.Count ?? 0;

    private static void UpdateAggregates(OpenJob node)
    {
        ref var tree = ref node.Tree;
        tree.Count = 1;
        node.IsAnyStartable = node.IsStartable || tree.Left is { IsAnyStartable: true } || tree.Right is { IsAnyStartable: true };
        tree.WaitingSince = node.WaitingSince;
        tree.EarliestDeadline = node.Deadline;
        Add(ref tree, tree.Left);
        var rank = tree.Count;
        tree.Slack = node.AnnouncedRank == 0 ? NoSlack : node.AnnouncedRank - (2 * rank);
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
