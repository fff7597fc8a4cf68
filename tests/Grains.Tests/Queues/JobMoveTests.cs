using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

public sealed class JobMoveTests
{
    private const string Worker = "w";

    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(1_000_000, 1_000_000), epoch: 1, paused: false);
    private long _poll;

    [Fact]
    public void Moved_OneStartsAtATime_IsToldEachTimeItHasHalved()
    {
        for (var i = 1; i <= 100; i++) Accept($"job-{i:000}", i);
        var told = Enumerable.Range(0, 100).SelectMany(_ => StartAndLook(1)).ToList();

        Assert.Equal([50, 25, 12, 6, 3, 1], PositionsOf("job-100", told));
        Assert.Equal([32, 16, 8, 4, 2, 1], PositionsOf("job-064", told));
        Assert.Equal([31, 15, 7, 3, 1], PositionsOf("job-063", told));
        Assert.Equal([1], PositionsOf("job-002", told));
        Assert.Empty(PositionsOf("job-001", told));
    }

    [Fact]
    public void Moved_ManyStartBetweenTwoLooks_EachIsToldOnceALookAndNoneIsForgotten()
    {
        for (var i = 0; i < 1_000; i++) Accept($"job-{i:000}", i);
        var looks = Enumerable.Range(0, 140).Select(_ => StartAndLook(7)).ToList();

        Assert.All(looks, look => Assert.Equal(look.Count, look.Select(move => move.Standing.Id).Distinct().Count()));
        Assert.Equal([490, 245, 119, 56, 28, 14, 7], PositionsOf("job-979", looks.SelectMany(look => look)));
    }

    [Fact]
    public void Moved_WaitsAgainAfterAFailure_StartsAnew()
    {
        Accept("again", 0);
        var start = _queue.Take(Worker, 1, ++_poll, 0).Starts.Single();
        for (var i = 0; i < 20; i++) Accept($"job-{i:00}", i);
        _queue.Report(new(start.Id, start.Lease, JobOutcomeKind.Failed), 0);
        Assert.Empty(PositionsOf("again", StartAndLook(1)));

        _queue.Tick(1_000);
        Assert.Equal(20, _queue.Standing(start.Id, 1_000)!.Position);

        Assert.Empty(PositionsOf("again", StartAndLook(9)));
        Assert.Equal([10], PositionsOf("again", StartAndLook(1)));
    }

    [Fact]
    public void Moved_OthersOvertake_IsToldAtHalfOfWhatItWasTold()
    {
        for (var i = 0; i < 10; i++) Accept($"early-{i}", i, priority: 5);
        Accept("slow", 10, priority: 5);
        for (var i = 0; i < 8; i++) Accept($"quick-{i}", 11);
        Assert.Equal(19, _queue.Standing(new JobId("slow"), 1_000)!.Position);

        Assert.Empty(PositionsOf("slow", Enumerable.Range(0, 13).SelectMany(_ => StartAndLook(1))));
        Assert.Equal([5], PositionsOf("slow", StartAndLook(1)));
    }

    [Fact]
    public void Moved_ItsPriorityIsRaised_IsToldOfItsNewPlace()
    {
        for (var i = 1; i <= 20; i++) Accept($"job-{i:00}", i, priority: 5);

        _queue.SetPriority(new JobId("job-20"), 1, 1_000);

        Assert.Equal([1], PositionsOf("job-20", StartAndLook(0)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void Moved_AfterALoad_BeginsAtThePositionsOfTheLoad(int jobs)
    {
        _queue.Load(Enumerable.Range(0, jobs).Select(i => StoredJob.Fresh(TestJobs.Job($"job-{i:000}", i, user: $"{i}")) with { Place = i }), 1_000);
        Assert.Empty(StartAndLook(0));

        Assert.Empty(PositionsOf($"job-{jobs - 1:000}", StartAndLook((jobs / 2) - 1)));
        Assert.Equal([jobs / 2], PositionsOf($"job-{jobs - 1:000}", StartAndLook(1)));
    }

    [Fact]
    public void Moved_MoreThanALookTells_LosesNone()
    {
        for (var i = 0; i < 5_000; i++) Accept($"job-{i:0000}", i);

        var first = StartAndLook(2_500);
        var all = first.Concat(StartAndLook(0)).Concat(StartAndLook(0)).Select(move => move.Standing.Id.Value).ToList();

        Assert.Equal(1_000, first.Count);
        Assert.Equal(Enumerable.Range(2_500, 2_500).Select(i => $"job-{i:0000}"), all.Order());
    }

    [Fact]
    public void Moved_JobWithAnOrderKey_NamesIt()
    {
        Accept("first", 0);
        _queue.Accept(TestJobs.Job("second", 1, orderKey: "key"), 1);

        Assert.Equal("key", Assert.Single(StartAndLook(1)).OrderKey);
    }

    private static List<int> PositionsOf(string id, IEnumerable<JobMove> told) =>
        [.. told.Where(move => move.Standing.Id.Value == id).Select(move => move.Standing.Position!.Value)];

    private void Accept(string id, long at, int priority = 1) => _queue.Accept(TestJobs.Job(id, at, user: id, priority: priority), at);

    private List<JobMove> StartAndLook(int starts)
    {
        _queue.Take(Worker, starts, ++_poll, 1_000);
        return [.. _queue.Moved(1_000)];
    }
}
