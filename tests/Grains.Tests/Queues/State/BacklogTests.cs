using CsCheck;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class BacklogTests
{
    private static readonly JobState[] OpenStates = [JobState.Waiting, JobState.Delayed, JobState.Active];

    private readonly Backlog _backlog = new();

    [Fact]
    public void PeekStartable_SameOrderKey_ReturnsTheLowestOrderNumberDespiteItsHigherSortKey()
    {
        var second = Add("second", sortKey: 1, number: 2);
        var first = Add("first", sortKey: 9, number: 1);

        Assert.Same(first, _backlog.PeekStartable());
        Assert.Equal(1, _backlog.Startable);
        Assert.Equal(1, _backlog.RankOf(second));
        Assert.Equal(2, _backlog.RankOf(first));
    }

    [Fact]
    public void PeekStartable_LaneHeadActive_ReturnsNullUntilItHasEnded()
    {
        var first = Add("first", sortKey: 0, number: 1);
        var second = Add("second", sortKey: 1, number: 2);
        _backlog.Move(first, JobState.Active);
        Assert.Null(_backlog.PeekStartable());

        _backlog.Remove(first);

        Assert.Same(second, _backlog.PeekStartable());
    }

    [Fact]
    public void PeekStartable_LaneHeadDelayedForRetry_ReturnsNull()
    {
        var first = Add("first", sortKey: 0, number: 1);
        Add("second", sortKey: 1, number: 2);
        _backlog.Move(first, JobState.Active);
        _backlog.Move(first, JobState.Delayed, sortKey: 5);

        Assert.Null(_backlog.PeekStartable());
        Assert.Equal((1, 0, 1), (_backlog.Waiting, _backlog.Active, _backlog.Delayed));
    }

    [Fact]
    public void PeekStartable_LowerOrderNumberAddedWhileAnotherRuns_IsReturnedAfterThatRun()
    {
        var running = Add("running", sortKey: 0, number: 5);
        _backlog.Move(running, JobState.Active);
        var late = Add("late", sortKey: 9, number: 1);
        Assert.Null(_backlog.PeekStartable());

        _backlog.Move(running, JobState.Delayed);

        Assert.Same(late, _backlog.PeekStartable());
    }

    [Fact]
    public void PeekStartable_LowerOrderNumberAddedWhileAnotherWaits_IsReturned()
    {
        Add("waiting", sortKey: 0, number: 5);
        var late = Add("late", sortKey: 9, number: 1);

        Assert.Same(late, _backlog.PeekStartable());
    }

    [Fact]
    public void Counts_WaitingJobStarts_NoLongerIncludeIt()
    {
        var job = TestJobs.Open("a", acceptedAt: 7, priority: 3);
        _backlog.Add(job);
        _backlog.Add(TestJobs.Open("b", acceptedAt: 9, priority: 3));
        Assert.Equal((2, 7), (_backlog.WaitingWithPriority(3), _backlog.WaitingSince!.Value));

        _backlog.Move(job, JobState.Active);

        Assert.Equal((1, 9), (_backlog.WaitingWithPriority(3), _backlog.WaitingSince!.Value));
    }

    [Fact]
    public void PeekStartable_RandomHistories_ReturnsTheUnblockedJobWithTheLowestSortKey() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100], Gen.Int[0, 100], (kind, a, b) => (kind, a, b)).Array[0, 120].Sample(
            steps =>
            {
                var backlog = new Backlog();
                var model = new List<OpenJob>();
                for (var i = 0; i < steps.Length; i++)
                {
                    Apply(backlog, model, steps[i], i);
                    Compare(backlog, model);
                }
            },
            iter: 400);

    private static void Apply(Backlog backlog, List<OpenJob> model, (int Kind, int A, int B) step, int i)
    {
        var (kind, a, b) = step;
        if (kind <= 1)
        {
            var job = TestJobs.Open(
                $"job-{i}", a % 9, b % 5, a % 4 == 0 ? null : $"key-{a % 4}", b, 1 + (a % 10), state: OpenStates[b % 11 == 0 ? 2 : b % 2]);
            backlog.Add(job);
            model.Add(job);
        }
        else if (model.Count > 0)
        {
            var job = model[a % model.Count];
            if (kind == 2) backlog.Move(job, OpenStates[b % 3], b % 2 == 0 ? null : b);
            else
            {
                backlog.Remove(job);
                model.Remove(job);
            }
        }
    }

    private static void Compare(Backlog backlog, List<OpenJob> model)
    {
        var waiting = model.Where(job => job.State == JobState.Waiting).Order(Comparer<OpenJob>.Create(OpenJob.CompareSortKey)).ToList();
        var startable = waiting.Where(job => MayStart(job, model)).ToList();
        Assert.Equal(startable.Count, backlog.Startable);
        Assert.Same(startable.FirstOrDefault(), backlog.PeekStartable());
        Assert.Equal(
            (waiting.Count, model.Count(job => job.State == JobState.Active), model.Count(job => job.State == JobState.Delayed)),
            (backlog.Waiting, backlog.Active, backlog.Delayed));
        for (var i = 0; i < waiting.Count; i++) Assert.Equal(i + 1, backlog.RankOf(waiting[i]));
        for (var p = 1; p <= 10; p++) Assert.Equal(waiting.Count(job => job.Priority == p), backlog.WaitingWithPriority(p));
    }

    private static bool MayStart(OpenJob job, List<OpenJob> all) => job.OrderKey.IsNone || all
        .Where(other => other != job && other.OrderKey.Equals(job.OrderKey))
        .All(other => other.State != JobState.Active && OpenJob.CompareLane(job, other) < 0);

    private OpenJob Add(string id, long sortKey, long number)
    {
        var job = TestJobs.Open(id, sortKey, orderKey: "lane", orderNumber: number);
        _backlog.Add(job);
        return job;
    }
}
