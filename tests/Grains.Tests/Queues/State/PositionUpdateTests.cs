using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class PositionUpdateTests
{
    private const string Worker = "w";

    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(1_000_000, 1_000_000), epoch: 1, paused: false);
    private long _poll;

    [Fact]
    public void TakePositionUpdates_OneStartAtATime_ReportsEachHalving()
    {
        for (var i = 1; i <= 100; i++) Accept($"job-{i:000}", i);
        var updates = Enumerable.Range(0, 100).SelectMany(_ => StartAndTakeUpdates(1)).ToList();

        Assert.Equal([50, 25, 12, 6, 3, 1], PositionsOf("job-100", updates));
        Assert.Equal([32, 16, 8, 4, 2, 1], PositionsOf("job-064", updates));
        Assert.Equal([31, 15, 7, 3, 1], PositionsOf("job-063", updates));
        Assert.Equal([1], PositionsOf("job-002", updates));
        Assert.Empty(PositionsOf("job-001", updates));
    }

    [Fact]
    public void TakePositionUpdates_ManyStartsBetweenCalls_ReportsEachJobOncePerCall()
    {
        for (var i = 0; i < 1_000; i++) Accept($"job-{i:000}", i);
        var batches = Enumerable.Range(0, 140).Select(_ => StartAndTakeUpdates(7)).ToList();

        Assert.All(batches, batch => Assert.Equal(batch.Count, batch.Select(update => update.Status.Id).Distinct().Count()));
        Assert.Equal([490, 245, 119, 56, 28, 14, 7], PositionsOf("job-979", batches.SelectMany(batch => batch)));
    }

    [Fact]
    public void TakePositionUpdates_WaitingAgainAfterAFailure_ReportsFromTheNewPosition()
    {
        Accept("again", 0);
        var start = _queue.Take(Worker, 1, ++_poll, 0).Starts.Single();
        for (var i = 0; i < 20; i++) Accept($"job-{i:00}", i);
        _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Failed), 0);
        Assert.Empty(PositionsOf("again", StartAndTakeUpdates(1)));

        _queue.Tick(1_000);
        Assert.Equal(20, _queue.StatusOf(start.Id, 1_000)!.Position);

        Assert.Empty(PositionsOf("again", StartAndTakeUpdates(9)));
        Assert.Equal([10], PositionsOf("again", StartAndTakeUpdates(1)));
    }

    [Fact]
    public void TakePositionUpdates_OvertakenJob_ReportsAtHalfOfTheAnnouncedPosition()
    {
        for (var i = 0; i < 10; i++) Accept($"early-{i}", i, priority: 5);
        Accept("slow", 10, priority: 5);
        for (var i = 0; i < 8; i++) Accept($"quick-{i}", 11);
        Assert.Equal(19, _queue.StatusOf(new JobId("slow"), 1_000)!.Position);

        Assert.Empty(PositionsOf("slow", Enumerable.Range(0, 13).SelectMany(_ => StartAndTakeUpdates(1))));
        Assert.Equal([5], PositionsOf("slow", StartAndTakeUpdates(1)));
    }

    [Fact]
    public void TakePositionUpdates_PriorityRaised_ReportsTheNewPosition()
    {
        for (var i = 1; i <= 20; i++) Accept($"job-{i:00}", i, priority: 5);

        _queue.Actions.SetPriority(new JobId("job-20"), 1, 1_000);

        Assert.Equal([1], PositionsOf("job-20", StartAndTakeUpdates(0)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void TakePositionUpdates_AfterLoad_ReportsFromTheLoadedPositions(int jobs)
    {
        _queue.Intake.Load(
            Enumerable.Range(0, jobs).Select(i => StoredJob.FromNew(TestJobs.Job($"job-{i:000}", i, user: $"{i}")) with { SortKey = i }),
            1_000);
        Assert.Empty(StartAndTakeUpdates(0));

        Assert.Empty(PositionsOf($"job-{jobs - 1:000}", StartAndTakeUpdates((jobs / 2) - 1)));
        Assert.Equal([jobs / 2], PositionsOf($"job-{jobs - 1:000}", StartAndTakeUpdates(1)));
    }

    [Fact]
    public void TakePositionUpdates_MoreThanOneBatch_ReportsAllJobs()
    {
        for (var i = 0; i < 5_000; i++) Accept($"job-{i:0000}", i);

        var first = StartAndTakeUpdates(2_500);
        var all = first.Concat(StartAndTakeUpdates(0)).Concat(StartAndTakeUpdates(0)).Select(update => update.Status.Id.Value).ToList();

        Assert.Equal(1_000, first.Count);
        Assert.Equal(Enumerable.Range(2_500, 2_500).Select(i => $"job-{i:0000}"), all.Order());
    }

    [Fact]
    public void TakePositionUpdates_JobWithOrderKey_ReturnsTheOrderKey()
    {
        Accept("first", 0);
        _queue.Intake.Accept(TestJobs.Job("second", 1, orderKey: "key"), 1);

        Assert.Equal("key", Assert.Single(StartAndTakeUpdates(1)).OrderKey);
    }

    private static List<int> PositionsOf(string id, IEnumerable<PositionUpdate> updates) =>
        [.. updates.Where(update => update.Status.Id.Value == id).Select(update => update.Status.Position!.Value)];

    private void Accept(string id, long at, int priority = 1) =>
        _queue.Intake.Accept(TestJobs.Job(id, at, user: id, priority: priority), at);

    private List<PositionUpdate> StartAndTakeUpdates(int starts)
    {
        _queue.Take(Worker, starts, ++_poll, 1_000);
        return [.. _queue.TakePositionUpdates(1_000)];
    }
}
