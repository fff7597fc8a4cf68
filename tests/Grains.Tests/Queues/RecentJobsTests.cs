using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class RecentJobsTests
{
    [Fact]
    public void Add_OverTheMemoryLimit_EvictsTheOldest()
    {
        var recent = new RecentJobs(maxBytes: 10_000);
        foreach (var id in new[] { "a", "b", "c" })
            recent.Add(TestJobs.Job(id) with { Payload = new string('x', 2_000) });

        Assert.Equal([false, true, true], new[] { "a", "b", "c" }.Select(id => recent.TryGet(new JobId(id), out _)));
    }

    [Fact]
    public void Remove_EndedJob_FreesItsMemory()
    {
        var recent = new RecentJobs(maxBytes: 10_000);
        recent.Add(TestJobs.Job("a") with { Payload = new string('x', 2_000) });
        recent.Add(TestJobs.Job("b") with { Payload = new string('x', 2_000) });

        recent.Remove(new JobId("b"));
        recent.Add(TestJobs.Job("c") with { Payload = new string('x', 2_000) });

        Assert.Equal([true, false, true], new[] { "a", "b", "c" }.Select(id => recent.TryGet(new JobId(id), out _)));
    }
}
