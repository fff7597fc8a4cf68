using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

/// <summary>The behaviour of single jobs. <see cref="QueueStateLeaseTests"/> covers leases and moves of the queue.</summary>
public sealed class QueueStateTests
{
    private const string Worker = "w";
    private static readonly QueueLimits Plenty = new(1_000, 1_000);

    private readonly QueueState _queue = new(QueueRules.Default, Plenty, epoch: 1, paused: false);
    private long _poll;

    [Fact]
    public void Accept_IdleQueue_StartsAtOnce()
    {
        var result = _queue.Intake.Accept(TestJobs.Job("a", acceptedAt: 1_000), 1_005);
        Assert.Equal(AcceptKind.Accepted, result.Kind);
        Assert.Equal(1, result.Status!.Position);
        Assert.Equal(1_000, result.Change!.Value.SortKey);
        Assert.Equal(1_005, _queue.NextStartMs(1_005));

        var start = Take(1_005).Starts.Single();

        Assert.Equal(("a", 1), (start.Id.Value, start.Attempt));
        Assert.Null(_queue.StatusOf(start.Id, 1_005)!.Position);
        Assert.Null(_queue.NextStartMs(1_005));
    }

    [Fact]
    public void Accept_OpenJob_ChangesNothing()
    {
        _queue.Intake.Accept(TestJobs.Job("a"), 0);
        Take(0);

        var again = _queue.Intake.Accept(TestJobs.Job("a"), 1);

        Assert.Equal((AcceptKind.AlreadyOpen, JobState.Active), (again.Kind, again.Status!.State));
        Assert.Null(again.Change);
        Assert.Equal(1, _queue.OpenCount);
    }

    [Fact]
    public void Accept_RecentlyEndedJob_IsRejectedUntilItsRetentionEnds()
    {
        var start = StartOne("a");
        _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Completed), 10);

        Assert.Equal(AcceptKind.Ended, _queue.Intake.Accept(TestJobs.Job("a"), 20).Kind);
        _queue.Tick(180_010);
        Assert.Equal(AcceptKind.Ended, _queue.Intake.Accept(TestJobs.Job("a"), 180_010).Kind);
        _queue.Tick(180_011);
        Assert.Equal(AcceptKind.Accepted, _queue.Intake.Accept(TestJobs.Job("a"), 180_011).Kind);
    }

    [Fact]
    public void Report_FailingJob_RunsThreeTimesWithBackoffOfOneAndTwoSeconds()
    {
        var first = StartOne("a", priority: 4);
        var retry = Report(first, JobOutcomeKind.Failed, 100, "boom");
        Assert.Equal(
            (JobEvent.AttemptFailed, JobState.Delayed, 1, 1_100L), (retry.Event, retry.State, retry.AttemptsMade, retry.ReadyAt));
        Assert.Equal(("boom", 1_100 + 6_000), (retry.Failure, retry.SortKey));
        Assert.True(retry.Acknowledged);
        Assert.Empty(Take(1_099).Starts);
        Assert.Equal(1_100, _queue.NextStartMs(1_099));

        var second = Take(1_100).Starts.Single();
        Assert.Equal(2, second.Attempt);
        Assert.Equal(3_200, Report(second, JobOutcomeKind.Failed, 1_200).ReadyAt);

        var third = Take(3_200).Starts.Single();
        var failed = Report(third, JobOutcomeKind.Failed, 3_300, "boom again");

        Assert.Equal(
            (JobEvent.FailedForGood, JobState.Failed, 3, 3), (failed.Event, failed.State, failed.AttemptsMade, failed.StartedCount));
        Assert.Equal(("boom again", 3_300L, false), (failed.Failure, failed.EndedAt, failed.Acknowledged));
        Assert.Equal(0, _queue.OpenCount);
    }

    [Fact]
    public void Report_FailedForGood_FailsWithAttemptsLeft() =>
        Assert.Equal(JobState.Failed, Report(StartOne("a"), JobOutcomeKind.FailedForGood, 5).State);

    [Fact]
    public void Report_UnknownOutcome_CountsAsAFailedAttempt() =>
        Assert.Equal(JobEvent.AttemptFailed, Report(StartOne("a"), (JobOutcomeKind)77, 5).Event);

    [Fact]
    public void Take_ReturnedJob_IsItsFirstAttemptAndNotItsFirstStart()
    {
        var first = StartOne("a");
        Report(first, JobOutcomeKind.HandedBack, 5);

        var second = Take(5).Starts.Single();

        Assert.Equal((1, true, 1, false), (first.Attempt, first.IsFirst, second.Attempt, second.IsFirst));
    }

    [Fact]
    public void Report_Completed_KeepsTheResult()
    {
        _queue.Intake.Accept(TestJobs.Job("a"), 0);
        var done = Report(Take(3).Starts.Single(), JobOutcomeKind.Completed, 5, "42");

        Assert.Equal((JobState.Completed, "42", 1), (done.State, done.Result, done.AttemptsMade));
        Assert.Equal((3L, 5L), (done.StartedAt, done.EndedAt));
        Assert.Null(done.Failure);
        Assert.Null(done.LeaseWorker);
        Assert.True(done.Acknowledged);
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(0, 100)]
    [InlineData(5_000, 5_000)]
    public void Report_Snoozed_SpendsNoAttemptAndKeepsTheSortKey(int? delayMs, long expectedMs)
    {
        var start = StartOne("a");
        TimeSpan? delay = delayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        var snoozed = _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Snoozed, null, delay), 10)!.Value;

        Assert.Equal((JobState.Delayed, 0, 0L, 10 + expectedMs), (snoozed.State, snoozed.AttemptsMade, snoozed.SortKey, snoozed.ReadyAt));
        Assert.Equal(1, Take(10 + expectedMs).Starts.Single().Attempt);
    }

    [Fact]
    public void Report_SnoozedForMaxTimeSpan_IsReadyInAYear()
    {
        var start = StartOne("a");
        var snoozed = _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Snoozed, null, TimeSpan.MaxValue), 10)!.Value;

        Assert.Equal(10 + (long)TimeSpan.FromDays(365).TotalMilliseconds, snoozed.ReadyAt);
    }

    [Fact]
    public void Report_ProviderLimited_HoldsTheQueueAndKeepsTheSortKey()
    {
        var start = StartOne("a");
        _queue.Intake.Accept(TestJobs.Job("b", acceptedAt: 5), 5);
        var held = _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.ProviderLimited, null, TimeSpan.FromSeconds(3)), 10)!.Value;

        Assert.Equal((JobState.Waiting, 0, 1), (held.State, held.AttemptsMade, held.StartedCount));
        Assert.Equal(3_010, _queue.NextStartMs(20));
        Assert.Empty(Take(3_009).Starts);
        Assert.Equal(2, _queue.Counts(3_009).Waiting);
        Assert.Equal(["a", "b"], Take(3_010).Starts.Select(next => next.Id.Value));
    }

    [Fact]
    public void Tick_DeadlineOfAWaitingJob_FailsItUnacknowledged()
    {
        _queue.Intake.Accept(TestJobs.Job("a", deadline: 500), 0);
        Assert.Empty(_queue.Tick(499));

        var failed = _queue.Tick(500).Single();

        Assert.Equal((JobEvent.DeadlinePassed, JobState.Failed, false), (failed.Event, failed.State, failed.Acknowledged));
        Assert.NotNull(failed.Failure);
    }

    [Fact]
    public void Take_DeadlineJustPassed_DoesNotStartIt()
    {
        _queue.Intake.Accept(TestJobs.Job("a", deadline: 500), 0);

        var taken = Take(500);

        Assert.Empty(taken.Starts);
        Assert.Equal(JobEvent.DeadlinePassed, taken.Changes.Single().Event);
    }

    [Fact]
    public void Tick_DeadlineBeforeTheRetry_FailsAtTheDeadline()
    {
        _queue.Intake.Accept(TestJobs.Job("a", deadline: 500), 0);
        Report(Take(0).Starts.Single(), JobOutcomeKind.Failed, 100);
        Assert.Empty(_queue.Tick(499));

        Assert.Equal(JobEvent.DeadlinePassed, _queue.Tick(500).Single().Event);
    }

    [Fact]
    public void Cancel_WaitingJob_EndsItOnceAndUnacknowledged()
    {
        _queue.Intake.Accept(TestJobs.Job("a"), 0);

        var cancelled = _queue.Actions.Cancel(new JobId("a"), 1);

        Assert.Equal(
            (CancelKind.Ended, JobState.Cancelled, false),
            (cancelled.Kind, cancelled.Change!.Value.State, cancelled.Change.Value.Acknowledged));
        Assert.Equal(CancelKind.NotFound, _queue.Actions.Cancel(new JobId("a"), 2).Kind);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed, JobState.Completed)]
    [InlineData(JobOutcomeKind.Cancelled, JobState.Cancelled)]
    [InlineData(JobOutcomeKind.Failed, JobState.Cancelled)]
    [InlineData(JobOutcomeKind.Snoozed, JobState.Cancelled)]
    [InlineData(JobOutcomeKind.HandedBack, JobState.Cancelled)]
    public void Cancel_ActiveJob_RequestsAStopAndEndsWithTheRun(JobOutcomeKind outcome, JobState expected)
    {
        var start = StartOne("a");

        Assert.Equal(
            (CancelKind.StopRequested, Worker), (_queue.Actions.Cancel(start.Id, 1).Kind, _queue.Actions.Cancel(start.Id, 1).Worker));
        Assert.Equal([new RevokedLease(start.Id, start.Lease, JobStopReason.Cancelled)], _queue.Runs.StopsOf(Worker));
        Assert.Equal(expected, Report(start, outcome, 2).State);
        Assert.Empty(_queue.Runs.StopsOf(Worker));
        Assert.Equal(0, _queue.OpenCount);
    }

    [Fact]
    public void Cancel_ActiveJobWhoseWorkerDies_IsCancelledAndNotStalled()
    {
        var start = StartOne("a");
        _queue.Actions.Cancel(start.Id, 1);

        var ended = _queue.Runs.WorkerDied(Worker, 2).Single();

        Assert.Equal((JobState.Cancelled, 0), (ended.State, ended.StalledCount));
    }

    [Fact]
    public void Promote_DelayedJob_IsReadyAtOnce()
    {
        Report(StartOne("a"), JobOutcomeKind.Failed, 10);

        Assert.Equal(JobState.Waiting, _queue.Actions.Promote(new JobId("a"), 11)!.Value.State);
        Assert.Null(_queue.Actions.Promote(new JobId("a"), 11));
        Assert.Equal(2, Take(11).Starts.Single().Attempt);
    }

    [Fact]
    public void RetryByHand_FailedJob_HasAllItsAttemptsAgain()
    {
        var job = TestJobs.Job("a", attempts: 1, priority: 3);
        _queue.Intake.Accept(job, 0);
        var row = TestJobs.Row(job, Report(Take(0).Starts.Single(), JobOutcomeKind.Failed, 10));

        var retried = _queue.Actions.RetryByHand(row, 20)!.Value;

        Assert.Equal((JobState.Waiting, 0, 1), (retried.State, retried.AttemptsMade, retried.StartedCount));
        Assert.Equal(20 + 4_000, retried.SortKey);
        Assert.Null(retried.EndedAt);
        Assert.Null(_queue.Actions.RetryByHand(row, 21));
        Assert.Equal(1, Take(30).Starts.Single().Attempt);
    }

    [Fact]
    public void RetryByHand_CompletedJob_IsRefused() =>
        Assert.Null(_queue.Actions.RetryByHand(StoredJob.FromNew(TestJobs.Job("a")) with { State = JobState.Completed }, 1));

    [Fact]
    public void SetPaused_WaitingJobs_StayWaiting()
    {
        Assert.True(_queue.SetPaused(true));
        Assert.False(_queue.SetPaused(true));
        _queue.Intake.Accept(TestJobs.Job("a"), 0);

        Assert.Empty(Take(1).Starts);
        Assert.Null(_queue.NextStartMs(1));
        Assert.Equal((true, 1, 0), (_queue.Counts(1).Paused, _queue.Counts(1).Waiting, _queue.Counts(1).Delayed));

        _queue.SetPaused(false);
        Assert.Single(Take(2).Starts);
    }

    [Fact]
    public void SetLimits_FewerSlots_ApplyAtOnce()
    {
        for (var i = 0; i < 5; i++) _queue.Intake.Accept(TestJobs.Job($"job-{i}"), 0);
        _queue.SetLimits(new QueueLimits(2, 50));

        Assert.Equal(2, Take(0).Starts.Length);
        Assert.Empty(Take(1).Starts);
        Assert.Equal(new QueueLimits(2, 50), _queue.Limits);
    }

    [Fact]
    public void SetLimits_ConcurrencyOfTheQueue_AppliesAcrossAllWorkers()
    {
        for (var i = 0; i < 9; i++) _queue.Intake.Accept(TestJobs.Job($"job-{i}"), 0);
        var running = _queue.Take("other", 2, 1, 0).Starts;
        _queue.SetLimits(Plenty with { Concurrency = 5 });
        Assert.Equal(3, Take(0).Starts.Length);

        _queue.SetLimits(Plenty with { Concurrency = 2 });
        foreach (var start in running) Report(start, JobOutcomeKind.Completed, 1);
        Assert.Empty(Take(1).Starts);

        _queue.SetLimits(Plenty);
        Assert.Equal(4, Take(1).Starts.Length);
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, null)]
    [InlineData(-1, 1, null)]
    [InlineData(1, 1, 0)]
    public void SetLimits_BelowOne_AreRefused(int slots, int starts, int? all)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _queue.SetLimits(new QueueLimits(slots, starts) { Concurrency = all }));
        Assert.Equal(Plenty, _queue.Limits);
    }

    [Fact]
    public void Counts_JobsInEveryState_AddUp()
    {
        for (var i = 0; i < 4; i++) _queue.Intake.Accept(TestJobs.Job($"job-{i}", acceptedAt: i * 1_000, priority: 1 + (i % 2 * 4)), 3_000);
        Report(_queue.Take(Worker, 1, 1, 3_000).Starts.Single(), JobOutcomeKind.Failed, 3_000);
        _queue.Take(Worker, 1, 2, 3_000);

        var counts = _queue.Counts(5_000);

        Assert.Equal((2, 1, 1), (counts.Waiting, counts.Active, counts.Delayed));
        Assert.Equal([5], counts.WaitingByPriority.Keys);
        Assert.Equal(4.0, counts.OldestWaitingSeconds);
        Assert.Equal(4, _queue.LoadOf(5_000).Open);
    }

    [Fact]
    public void Counts_JobThatWasDelayed_WaitsSinceItBecameReady()
    {
        _queue.Intake.Accept(TestJobs.Job("later") with { ReadyAt = 60_000 }, 0);
        _queue.Tick(60_000);

        Assert.Equal(2.0, _queue.Counts(62_000).OldestWaitingSeconds);
    }

    private JobStart StartOne(string id, int priority = 1)
    {
        _queue.Intake.Accept(TestJobs.Job(id, priority: priority), 0);
        return Take(0).Starts.Single();
    }

    private TakeResult Take(long now) => _queue.Take(Worker, 100, ++_poll, now);

    private JobChange Report(JobStart start, JobOutcomeKind outcome, long now, string? detail = null) =>
        _queue.Runs.Report(new(start.Id, start.Lease, outcome, detail), now)!.Value;
}
