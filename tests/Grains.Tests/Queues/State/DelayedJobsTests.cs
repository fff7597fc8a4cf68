using CsCheck;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Retention;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class DelayedJobsTests
{
    private readonly DelayedJobs _delayed = new();

    [Fact]
    public void PeekDue_BeforeTheDueTime_ReturnsNull()
    {
        var job = TestJobs.Open("a");
        _delayed.Add(job, dueMs: 100);

        Assert.Null(_delayed.PeekDue(99));
        Assert.Same(job, _delayed.PeekDue(100));
        Assert.Equal(100, _delayed.NextDueMs);
    }

    [Fact]
    public void Remove_NotDelayed_ReturnsFalse()
    {
        var job = TestJobs.Open("a");
        _delayed.Add(job, 100);

        Assert.True(_delayed.Remove(job));
        Assert.False(_delayed.Remove(job));
        Assert.Null(_delayed.NextDueMs);
    }

    [Fact]
    public void PeekDue_RandomHistories_ReturnsTheEarliestAndThenTheFirstAdded() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 100].Sample(steps =>
        {
            var delayed = new DelayedJobs();
            var model = new List<(long Due, OpenJob Job)>();
            foreach (var (kind, a) in steps)
            {
                if (kind <= 1)
                {
                    model.Add((a, TestJobs.Open("job")));
                    delayed.Add(model[^1].Job, a);
                }
                else if (model.Count > 0)
                {
                    delayed.Remove(model[a % model.Count].Job);
                    model.RemoveAt(a % model.Count);
                }

                var first = model.OrderBy(entry => entry.Due).FirstOrDefault();
                Assert.Same(first.Job is not null && first.Due <= a ? first.Job : null, delayed.PeekDue(a));
                Assert.Equal(first.Job is null ? null : first.Due, delayed.NextDueMs);
            }
        });
}
