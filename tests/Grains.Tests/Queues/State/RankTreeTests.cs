using CsCheck;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class RankTreeTests
{
    private static readonly Gen<Step[]> Steps =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1_000], Gen.Int[0, 1_000], (kind, a, b) => new Step(kind, a, b)).Array[0, 150];

    [Fact]
    public void Queries_RandomHistories_AgreeWithASortedList() => Steps.Sample(Run, iter: 400);

    [Fact]
    public void Insert_AscendingSortKeys_StaysShallow()
    {
        var tree = new RankTree();
        var jobs = Enumerable.Range(0, 20_000).Select(i => TestJobs.Open($"job-{i}", sortKey: i)).ToArray();
        foreach (var job in jobs) tree.Insert(job, startable: true);

        Assert.True(Depth(jobs) < 60, "A balanced tree of 20,000 is some 35 deep.");
    }

    private static void Run(Step[] steps)
    {
        var tree = new RankTree();
        var model = new List<OpenJob>();
        for (var i = 0; i < steps.Length; i++)
        {
            var (kind, a, b) = steps[i];
            switch (kind)
            {
                case 0 or 1:
                    // There are few distinct sort keys and instants, so that most of them tie.
                    var job = TestJobs.Open($"job-{i}", a % 7, b % 5, deadline: a % 3 == 0 ? b : null);
                    tree.Insert(job, startable: b % 2 == 0);
                    model.Add(job);
                    model.Sort(OpenJob.CompareSortKey);
                    break;
                case 2 when model.Count > 0:
                    tree.Remove(model[a % model.Count]);
                    model.RemoveAt(a % model.Count);
                    break;
                case 3 when model.Count > 0:
                    tree.SetStartable(model[a % model.Count], b % 2 == 0);
                    break;
            }

            Compare(tree, model, b);
        }
    }

    private static void Compare(RankTree tree, List<OpenJob> model, long now)
    {
        Assert.Equal(model.Count, tree.Count);
        Assert.Equal(model.Count(job => job.IsStartable), tree.StartableCount);
        Assert.Equal(model.Select(job => job.WaitingSince).DefaultIfEmpty(long.MaxValue).Min(), tree.WaitingSince);
        Assert.Equal(model.Select(job => job.Deadline).DefaultIfEmpty(long.MaxValue).Min(), tree.EarliestDeadline);
        Assert.Same(model.Find(job => job.IsStartable), tree.FirstStartable());
        Assert.Same(model.Find(job => job.Deadline <= now), tree.FirstPastDeadline(now));
        for (var i = 0; i < model.Count; i++) Assert.Equal(i + 1, tree.RankOf(model[i]));
    }

    private static int Depth(OpenJob[] jobs)
    {
        var children = jobs.SelectMany(job => new[] { job.Tree.Left, job.Tree.Right }).ToHashSet();
        var depth = 0;
        for (var level = jobs.Where(job => !children.Contains(job)).ToList(); level.Count > 0; depth++)
            level = [.. level.SelectMany(job => new[] { job.Tree.Left, job.Tree.Right }).OfType<OpenJob>()];
        return depth;
    }

    private sealed record Step(int Kind, int A, int B);
}
