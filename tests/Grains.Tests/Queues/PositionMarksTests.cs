using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

public sealed class PositionMarksTests
{
    private const string Worker = "w";

    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(1_000_000, 1_000_000), epoch: 1, paused: false);
    private long _poll;

    [Fact]
    public void Moved_OneStartsAtATime_IsToldEachTimeItHasHalved()
    {
        for (var i = 1; i <= 100; i++) Accept($"job-{i:000}", i);
        var told = Enumerable.Range(0, 100).SelectMany(_ => StartAndLook(1)).ToList();

        Assert.Equal([32, 16, 8, 4, 2, 1], PositionsOf("job-100", told));
        Assert.Equal([32, 16, 8, 4, 2, 1], PositionsOf("job-064", told));
        Assert.Equal([16, 8, 4, 2, 1], PositionsOf("job-063", told));
        Assert.Equal([1], PositionsOf("job-002", told));
        Assert.Empty(PositionsOf("job-001", told));
    }

    [Fact]
    public void Moved_ManyStartBetweenTwoLooks_EachIsToldOnceALookAndNoneIsForgotten()
    {
        for (var i = 0; i < 1_000; i++) Accept($"job-{i:000}", i);
        var looks = Enumerable.Range(0, 140).Select(_ => StartAndLook(7)).ToList();

        Assert.All(looks, look => Assert.Equal(look.Count, look.Select(move => move.Standing.Id).Distinct().Count()));
        Assert.Equal([252, 126, 63, 28, 14, 7], PositionsOf("job-979", looks.SelectMany(look => look)));
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

        Assert.Equal([16], PositionsOf("again", StartAndLook(4)));
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

    private void Accept(string id, long at) => _queue.Accept(TestJobs.Job(id, at, user: id), at);

    private List<JobMove> StartAndLook(int starts)
    {
        _queue.Take(Worker, starts, ++_poll, 1_000);
        return [.. _queue.Moved(1_000)];
    }
}
