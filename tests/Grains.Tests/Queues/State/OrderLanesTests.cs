using CsCheck;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class OrderLanesTests
{
    [Fact]
    public void Add_NoOrderKey_IsInNoLane()
    {
        var lanes = new OrderLanes();
        var job = TestJobs.Open("free");
        lanes.Add(job);

        Assert.Equal(0, lanes.Count);
        Assert.True(lanes.MayStart(job));
    }

    [Fact]
    public void MayStart_TwoAdoptedRuns_IsFalseUntilBothHaveStopped()
    {
        var lanes = new OrderLanes();
        var jobs = Enumerable.Range(0, 3).Select(i => TestJobs.Open($"job-{i}", orderKey: "lane", orderNumber: i)).ToArray();
        foreach (var job in jobs) lanes.Add(job);
        lanes.Started(jobs[1]);
        lanes.Started(jobs[2]);

        lanes.Stopped(jobs[1]);
        Assert.False(lanes.MayStart(jobs[0]));

        lanes.Stopped(jobs[2]);
        Assert.True(lanes.MayStart(jobs[0]));
    }

    [Fact]
    public void Lanes_RandomHistories_AgreeWithSortedLists() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 100], (kind, a) => (kind, a)).Array[0, 120].Sample(
            steps =>
            {
                var lanes = new OrderLanes();
                var model = new List<OpenJob>();
                for (var i = 0; i < steps.Length; i++)
                {
                    var (kind, a) = steps[i];
                    if (kind <= 1)
                    {
                        // There are more lanes than initial buckets, so that the index grows, and equal numbers, so that ties occur.
                        model.Add(TestJobs.Open($"job-{i}", orderKey: $"key-{a % 24}", orderNumber: a / 24));
                        lanes.Add(model[^1]);
                    }
                    else if (model.Count > 0)
                    {
                        lanes.Remove(model[a % model.Count]);
                        model.RemoveAt(a % model.Count);
                    }

                    Compare(lanes, model);
                }
            },
            iter: 300);

    private static void Compare(OrderLanes lanes, List<OpenJob> model)
    {
        var byKey = model.GroupBy(job => job.OrderKey).ToList();
        Assert.Equal(byKey.Count, lanes.Count);
        foreach (var lane in byKey)
        {
            var expected = lane.Order(Comparer<OpenJob>.Create(OpenJob.CompareLane)).ToList();
            Assert.Same(expected[0], lanes.Head(lane.Key));
            Assert.Same(expected.ElementAtOrDefault(1), OrderLanes.Second(expected[0]));
            for (var i = 0; i < expected.Count; i++) Assert.Same(expected[(i + 1) % expected.Count], expected[i].Lane.Next);
        }
    }
}
