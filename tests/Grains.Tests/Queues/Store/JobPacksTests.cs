using CsCheck;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Writing;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class JobPacksTests
{
    [Fact]
    public void ShouldPack_FewOrRichOrLargeJobs_ReturnsFalse()
    {
        var packs = new JobPacks();

        Assert.True(packs.ShouldPack(Jobs(JobPacks.MinJobs)));
        Assert.False(packs.ShouldPack(Jobs(JobPacks.MinJobs - 1)));
        Assert.False(packs.ShouldPack([.. Jobs(JobPacks.MinJobs), (Job(99) with { DedupKey = "once" }, 1)]));
        Assert.False(packs.ShouldPack([.. Enumerable.Range(0, 20).Select(i => (Job(i) with { Payload = new string('x', 60_000) }, 1L))]));
    }

    [Fact]
    public void ShouldPack_MemoryLimitReached_ReturnsFalseUntilJobsAreUnpacked()
    {
        var packs = new JobPacks(maxBytes: 1000);
        packs.Add(JobPack.Create(Jobs(JobPacks.MinJobs)), 0);
        Assert.False(packs.ShouldPack(Jobs(JobPacks.MinJobs)));

        packs.TakeOldest(int.MaxValue, 0);

        Assert.True(packs.ShouldPack(Jobs(JobPacks.MinJobs)));
    }

    [Fact]
    public void TakeOldest_YoungerPacks_AreNotTaken()
    {
        var packs = new JobPacks();
        packs.Add(JobPack.Create(Jobs(20)), 5);
        packs.Add(JobPack.Create(Jobs(20, first: 20)), 6);

        var rows = packs.TakeOldest(int.MaxValue, untilMs: 5);

        Assert.Equal(Enumerable.Range(0, 20), rows.Select(row => (int)row.Job.AcceptedAt));
        Assert.False(packs.TryGet(Job(0).Id, out _));
        Assert.True(packs.TryGet(Job(20).Id, out _));
    }

    /// <summary>
    /// A pack is returned for deletion exactly once, and not before each of its jobs has a stored row, in whichever order jobs get their
    /// rows.
    /// </summary>
    [Fact]
    public void TakeEmptied_AnyOrderOfRows_ReturnsAPackOnceAllItsRowsAreStored() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample((count, seed) =>
        {
            var random = new Random(seed);
            var packs = new JobPacks();
            var missing = new Dictionary<string, HashSet<JobId>>();
            for (var i = 0; i < count; i++)
            {
                var pack = JobPack.Create(Jobs(3, first: 3 * i));
                packs.Add(pack, i);
                missing[pack.Id] = [.. pack.Jobs.Select(entry => entry.Job.Id)];
            }

            var inFlight = new List<JobPacks.PackedRow>();
            for (var steps = 0; steps < 200 && missing.Count > 0; steps++)
            {
                switch (random.Next(3))
                {
                    case 0 when packs.TryTake(Job(random.Next(3 * count)).Id, out var row):
                        inFlight.Add(row);
                        break;
                    case 1:
                        inFlight.AddRange(packs.TakeOldest(1, random.Next(count)));
                        break;
                    default:
                        JobPacks.PackedRow[] stored = [.. inFlight.Where(_ => random.Next(2) == 0)];
                        inFlight.RemoveAll(stored.Contains);
                        packs.MarkStored(stored);
                        foreach (var row in stored)
                            Assert.True(missing[row.Pack.Id].Remove(row.Job.Id), "A job was given two rows.");
                        break;
                }

                foreach (var id in packs.TakeEmptied(limit: 2))
                {
                    Assert.Empty(missing[id]);
                    missing.Remove(id);
                }
            }

            Assert.Empty(missing);
            Assert.False(packs.Any(long.MaxValue));
        });

    [Fact]
    public void Parse_OutputOfToText_RoundTrips()
    {
        (Job, long)[] jobs =
        [
            (
                Job(1) with
                {
                    Payload = """{"text":"\"quoted\" \u00e9 😀 <b>"}""",
                    UserId = "user-é",
                    OrderKey = "k",
                    Deadline = 9,
                    ReadyAt = 8,
                    Priority = 2,
                    Weight = 3,
                },
                77),
            (Job(2), -4),
        ];

        var read = JobPack.Parse("queue", "id", new JobPack("id", jobs).ToText());

        Assert.Equal(jobs, read.Jobs);
    }

    /// <summary>Packs are stored text: what another version has written or will read must not change.</summary>
    [Fact]
    public void ToText_AndParse_UseTheStoredFormat()
    {
        const string Stored =
            """
            [{"id":"a","name":"name","userId":"user","orderKey":"order","orderNumber":3,"priority":2,"weight":4,"payload":"{\"q\":1}",
            "attempts":5,"backoffMs":6,"acceptedAt":7,"deadline":9,"readyAt":8,"place":-10},
            {"id":"b","name":"name","orderNumber":0,"priority":5,"weight":1,"payload":"{}","attempts":3,"backoffMs":1000,"acceptedAt":7,
            "place":11}]
            """;
        (Job, long)[] jobs =
        [
            (
                new Job(new JobId("a"), "queue", "name", "user", "order", 3, 2, 4, """{"q":1}""", 5, 6, 7, 9) { ReadyAt = 8 },
                -10),
            (new Job(new JobId("b"), "queue", "name", null, null, 0, 5, 1, "{}", 3, 1000, 7, null), 11),
        ];

        Assert.Equal(Stored.ReplaceLineEndings(""), new JobPack("a", jobs).ToText());
        Assert.Equal(jobs, JobPack.Parse("queue", "a", Stored).Jobs);
    }

    private static (Job Job, long SortKey)[] Jobs(int count, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(i => (Job(i), (long)i))];

    private static Job Job(int i) => new(new JobId($"job-{i:d4}"), "queue", "name", null, null, i, 5, 1, "{}", 3, 1000, i, null);
}
