using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

/// <summary>Operator actions on single jobs, as <see cref="QueueState"/> decides them.</summary>
public sealed class JobActionsTests
{
    private const string Worker = "w";
    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(1_000, 1_000), epoch: 1, paused: false);
    private long _poll;

    [Fact]
    public void SetPriority_WaitingJob_StartsAsIfItHadAlwaysHadThatPriority()
    {
        _queue.Intake.Accept(TestJobs.Job("first", acceptedAt: 0, user: "a", priority: 5), 0);
        var before = _queue.Intake.Accept(TestJobs.Job("second", acceptedAt: 1, user: "b", priority: 5), 1).Change!.Value;

        var change = _queue.Actions.SetPriority(new JobId("second"), 1, 2)!.Value;

        Assert.Equal((1, before.SortKey - 8_000, JobState.Waiting), (change.Priority, change.SortKey, change.State));
        Assert.Equal(1, _queue.StatusOf(new JobId("second"), 2)!.Position);
        Assert.Equal([(1, 1), (5, 1)], _queue.Counts(2).WaitingByPriority.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(["second", "first"], Take(3).Starts.Select(start => start.Id.Value));
    }

    [Fact]
    public void SetPriority_DelayedJob_ChangesItsSortKeyAndNotReadyAt()
    {
        var job = TestJobs.Job("late", priority: 9) with { ReadyAt = 10_000 };
        var before = _queue.Intake.Accept(job, 0).Change!.Value;

        var change = _queue.Actions.SetPriority(job.Id, 2, 5)!.Value;

        Assert.Equal((JobState.Delayed, 10_000L, before.SortKey - 14_000), (change.State, change.ReadyAt, change.SortKey));
        Assert.Empty(Take(9_999).Starts);
        var started = Take(10_000);
        Assert.Equal("late", started.Starts.Single().Id.Value);
        Assert.All(started.Changes, written => Assert.Equal(2, written.Priority));
    }

    [Fact]
    public void Promote_DelayedJob_ComputesTheSortKeyFromNow()
    {
        var job = TestJobs.Job("late", priority: 2) with { ReadyAt = 60_000 };
        _queue.Intake.Accept(job, 0);

        Assert.Equal(1_000 + 2_000, _queue.Actions.Promote(job.Id, 1_000)!.Value.SortKey);
    }

    [Fact]
    public void Promote_SnoozedJob_KeepsItsSortKey()
    {
        _queue.Intake.Accept(TestJobs.Job("a"), 0);
        var start = Take(0).Starts.Single();
        _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Snoozed, null, TimeSpan.FromMinutes(1)), 10);

        Assert.Equal(0, _queue.Actions.Promote(start.Id, 5_000)!.Value.SortKey);
    }

    [Fact]
    public void SetPriority_ActiveJob_AppliesToItsNextRun()
    {
        _queue.Intake.Accept(TestJobs.Job("a", priority: 5), 0);
        var start = Take(0).Starts.Single();

        Assert.Equal(JobState.Active, _queue.Actions.SetPriority(start.Id, 3, 1)!.Value.State);
        var retry = _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Failed), 100)!.Value;

        Assert.Equal((3, 1_100 + 4_000L), (retry.Priority, retry.SortKey));
    }

    [Fact]
    public void SetPriority_JobNotOpen_ReturnsNull() => Assert.Null(_queue.Actions.SetPriority(new JobId("none"), 1, 0));

    [Theory]
    [InlineData(null)]
    [InlineData(5_000L)]
    public void Remove_JobNotRunning_CancelsItUnacknowledgedAndRejectsALaterOffer(long? readyAt)
    {
        var job = TestJobs.Job("a") with { ReadyAt = readyAt };
        _queue.Intake.Accept(job, 0);

        var change = _queue.Actions.Remove(job.Id, 1)!.Value;

        Assert.Equal((JobEvent.Removed, JobState.Cancelled, 1L, false), (change.Event, change.State, change.EndedAt, change.Acknowledged));
        Assert.Equal(0, _queue.OpenCount);
        Assert.Equal(AcceptKind.Ended, _queue.Intake.Accept(job, 2).Kind);
        Assert.Null(_queue.Actions.Remove(job.Id, 3));
    }

    [Fact]
    public void Remove_ActiveJob_IsRefused()
    {
        _queue.Intake.Accept(TestJobs.Job("a"), 0);
        var start = Take(0).Starts.Single();

        Assert.Null(_queue.Actions.Remove(start.Id, 1));
        Assert.Equal(JobState.Active, _queue.StatusOf(start.Id, 1)!.State);
    }

    [Fact]
    public void IdsIn_State_ReturnsIdsInSortKeyOrder()
    {
        _queue.Intake.Accept(TestJobs.Job("c", acceptedAt: 2, user: "c"), 2);
        _queue.Intake.Accept(TestJobs.Job("a", acceptedAt: 1, user: "a"), 2);
        _queue.Intake.Accept(TestJobs.Job("later", acceptedAt: 0) with { ReadyAt = 50 }, 2);

        Assert.Equal(["a", "c"], _queue.IdsIn(JobState.Waiting).Select(id => id.ToString()));
        Assert.Equal(["later"], _queue.IdsIn(JobState.Delayed).Select(id => id.ToString()));
        Assert.Empty(_queue.IdsIn(JobState.Active));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(499, false)]
    public void RetryByHand_JobWithDeadline_KeepsOnlyADeadlineInTheFuture(long now, bool isDeadlineRemoved)
    {
        var row = StoredJob.FromNew(TestJobs.Job("a", deadline: 500)) with { State = JobState.Failed };

        Assert.Equal(JobState.Waiting, _queue.Actions.RetryByHand(row, now)!.Value.State);

        Assert.Equal(isDeadlineRemoved ? [] : [JobState.Failed], _queue.Tick(500).Select(change => change.State));
    }

    [Fact]
    public void RetryByHand_OldJob_WaitsSinceTheRetry()
    {
        _queue.Actions.RetryByHand(StoredJob.FromNew(TestJobs.Job("a")) with { State = JobState.Failed }, 90_000);

        Assert.Equal(1.0, _queue.Counts(91_000).OldestWaitingSeconds);
        Assert.Equal(90_000, Take(91_000).Starts.Single().ReadyAtMs);
    }

    private TakeResult Take(long now)
    {
        _queue.Runs.Poll(Worker, ++_poll, [], now);
        return _queue.Take(Worker, 1_000, _poll, now);
    }
}
