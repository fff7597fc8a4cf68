using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Grains.Tests.Queues.State;

/// <summary>Workers that die, stop polling or never receive a grant, and queues that move.</summary>
public sealed class QueueStateLeaseTests
{
    private static readonly QueueLimits Plenty = new(1_000, 1_000);
    private static readonly Job A = TestJobs.Job("a");

    private readonly QueueState _queue = New(epoch: 1);

    [Fact]
    public void WorkerDied_FirstTime_MakesTheJobReadyAtItsOldSortKey()
    {
        StartA();

        var stalled = _queue.Runs.WorkerDied("w", 10).Single();

        Assert.Equal(
            (JobEvent.Stalled, JobState.Waiting, 1, 0), (stalled.Event, stalled.State, stalled.StalledCount, stalled.AttemptsMade));
        Assert.Equal(0, stalled.SortKey);
        Assert.Equal(1, _queue.Take("x", 1, 1, 10).Starts.Single().Attempt);
        Assert.Empty(_queue.Runs.WorkerDied("w", 11));
    }

    [Fact]
    public void WorkerDied_SecondTime_FailsTheJobWithAStallReason()
    {
        StartA();
        _queue.Runs.WorkerDied("w", 10);
        _queue.Take("x", 1, 1, 10);

        var failed = _queue.Runs.WorkerDied("x", 20).Single();

        Assert.Equal(
            (JobEvent.StalledOut, JobState.Failed, 2, false), (failed.Event, failed.State, failed.StalledCount, failed.Acknowledged));
        Assert.Equal("The job's worker was lost 2 times.", failed.Failure);
    }

    [Fact]
    public void Tick_SilentWorker_LosesItsLeaseAfterThirtySeconds()
    {
        var start = StartA();
        for (var now = 1_000; now < 30_000; now += 1_000) Assert.Empty(_queue.Tick(now));

        Assert.Equal(JobEvent.Stalled, _queue.Tick(30_000).Single().Event);
        Assert.Null(_queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Failed), 30_001));
        Assert.Equal([new RevokedLease(start.Id, start.Lease, JobStopReason.LeaseLost)], Poll("w", 2, start).Revoked);
    }

    [Theory]
    [InlineData(120_000)]
    [InlineData(-3_600_000)]
    public void Tick_QueueWasSuspendedOrItsClockSet_ExpiresNoLease(long jumpMs)
    {
        StartA();
        _queue.Tick(1_000);

        var now = 1_000 + jumpMs;
        Assert.Empty(_queue.Tick(now));
        for (var passed = 1_000; passed < 30_000; passed += 1_000) Assert.Empty(_queue.Tick(now + passed));
        Assert.Single(_queue.Tick(now + 30_000));
    }

    [Fact]
    public void Poll_GrantNeverReceived_MakesTheJobReadyAfterTwoListsWithoutAStall()
    {
        StartA();
        Assert.Empty(Poll("w", 2).Changes);

        var returned = Poll("w", 3).Changes.Single();

        Assert.Equal((JobEvent.HandedBack, JobState.Waiting, 0), (returned.Event, returned.State, returned.StalledCount));
        Assert.Equal(2, _queue.Take("w", 1, 3, 3).Changes.Single().StartedCount);
    }

    [Fact]
    public void Report_LeaseOfAnEarlierRun_ChangesNothing()
    {
        var first = StartA();
        _queue.Runs.WorkerDied("w", 1);
        var second = _queue.Take("x", 1, 1, 2).Starts.Single();

        Assert.Null(_queue.Runs.Report(new(first.Id, first.Lease, JobOutcomeKind.Completed), 3));
        Assert.Equal(JobState.Active, _queue.StatusOf(A.Id, 3)!.State);
        Assert.NotNull(_queue.Runs.Report(new(second.Id, second.Lease, JobOutcomeKind.Completed), 4));
        Assert.Null(_queue.Runs.Report(new(second.Id, second.Lease, JobOutcomeKind.Completed), 5));
    }

    [Fact]
    public void Poll_ListSentBeforeTheReport_DoesNotRestartTheJob()
    {
        var start = StartA();
        _queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Failed), 5);

        var check = Poll("w", 2, start);

        Assert.Single(check.Revoked);
        Assert.Equal(JobState.Delayed, _queue.StatusOf(A.Id, 6)!.State);
    }

    [Fact]
    public void Load_ActiveJob_StaysWithItsWorker()
    {
        var (start, row) = StartAndStore();
        var moved = New(epoch: 2);

        Assert.Empty(moved.Intake.Load([row], 1_000));
        Assert.Empty(moved.Runs.Poll("w", 900, [new(start.Id, start.Lease)], 1_001).Revoked);
        Assert.Equal(JobState.Completed, moved.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Completed), 1_002)!.Value.State);
    }

    [Fact]
    public void Load_RowWithoutSortKey_ComputesItFromTheAcceptanceTime()
    {
        var row = StoredJob.FromNew(TestJobs.Job("a", acceptedAt: 700, priority: 2, user: "ada"));

        var changes = _queue.Intake.Load([row, row with { Job = row.Job with { Id = new("b") } }], 9_000);

        Assert.Equal([2_700, 7_700], changes.Select(change => change.SortKey));
        Assert.Empty(_queue.Intake.Load([row], 9_000));
    }

    [Fact]
    public void Load_RecentlyEndedRow_RejectsALateOffer()
    {
        var row = StoredJob.FromNew(A) with { State = JobState.Completed, EndedAt = 500 };

        Assert.Empty(_queue.Intake.Load([row], 1_000));

        Assert.Equal(AcceptKind.Ended, _queue.Intake.Accept(A, 1_000).Kind);
    }

    [Fact]
    public void Poll_StartThatWasNeverWritten_IsAdopted()
    {
        var start = StartA();
        var moved = New(epoch: 2);
        moved.Intake.Load([StoredJob.FromNew(A) with { SortKey = 0 }], 1_000);
        moved.AwaitWorkers(1_000);
        Assert.Empty(moved.Take("x", 1, 1, 1_500).Starts);

        var adopted = moved.Runs.Poll("w", 2, [new(start.Id, start.Lease)], 1_600).Changes.Single();

        Assert.Equal((JobState.Active, "w", 1), (adopted.State, adopted.LeaseWorker, adopted.StartedCount));
        Assert.Equal(start.Lease.Run, adopted.LeaseRun);
        Assert.Empty(moved.Take("x", 1, 2, 5_000).Starts);
        Assert.NotNull(moved.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Completed), 5_001));
    }

    [Fact]
    public void Report_StartThatWasNeverWritten_IsAccepted()
    {
        var start = StartA();
        var moved = New(epoch: 2);
        moved.Intake.Load([StoredJob.FromNew(A) with { SortKey = 0, State = JobState.Delayed, ReadyAt = 99_000 }], 1_000);

        var done = moved.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Completed), 1_001)!.Value;

        Assert.Equal((JobState.Completed, 1, 1), (done.State, done.StartedCount, done.AttemptsMade));
        Assert.Equal((0, 0), (moved.OpenCount, moved.Counts(1_001).Delayed));
    }

    [Fact]
    public void Poll_OldWorkerAfterTheJobWasGrantedAgain_LosesItsLease()
    {
        var start = StartA();
        var moved = New(epoch: 2);
        moved.Intake.Load([StoredJob.FromNew(A) with { SortKey = 0 }], 1_000);
        var again = moved.Take("x", 1, 1, 3_000).Starts.Single();

        Assert.Single(moved.Runs.Poll("w", 2, [new(start.Id, start.Lease)], 3_001).Revoked);
        Assert.True(again.Lease > start.Lease);
        Assert.Empty(moved.Runs.WorkerDied("w", 3_002));
    }

    [Fact]
    public void Poll_RunThatEndedInAnEarlierEpoch_IsNotAdopted()
    {
        var (start, row) = StartAndStore();
        var moved = New(epoch: 2);
        moved.Intake.Load([row with { State = JobState.Waiting, LeaseWorker = null }], 1_000);

        Assert.Single(moved.Runs.Poll("w", 2, [new(start.Id, start.Lease)], 1_001).Revoked);
        Assert.Equal(JobState.Waiting, moved.StatusOf(A.Id, 1_001)!.State);
    }

    [Fact]
    public void AwaitWorkers_AllWorkersPolled_StartsAfterOneRateWindow()
    {
        _queue.Intake.Accept(A, 0);
        _queue.AwaitWorkers(0);
        Assert.Equal(2_000, _queue.NextStartMs(0));

        _queue.AllWorkersPolled();

        Assert.Equal(1_000, _queue.NextStartMs(0));
        Assert.Single(_queue.Take("w", 1, 1, 1_000).Starts);
    }

    [Fact]
    public void AwaitWorkers_SlowLoad_GivesRestoredLeasesTheirFullDurationAfterIt()
    {
        var (_, row) = StartAndStore();
        var moved = New(epoch: 2);
        moved.Intake.Load([row], 1_000);

        moved.AwaitWorkers(40_000);

        for (var now = 40_000; now < 70_000; now += 1_000) Assert.Empty(moved.Tick(now));
        Assert.Single(moved.Tick(70_000));
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed, JobState.Completed)]
    [InlineData(JobOutcomeKind.Failed, JobState.Cancelled)]
    public void Cancel_ActiveJobAndQueueMoves_KeepsTheStopRequest(JobOutcomeKind outcome, JobState expected)
    {
        var start = StartA();
        var moved = New(epoch: 2);
        moved.Intake.Load([TestJobs.Row(A, _queue.Actions.Cancel(A.Id, 5).Change!.Value)], 1_000);

        Assert.Equal(A.Id, moved.Runs.StopsOf("w").Single().Id);
        Assert.Equal(expected, moved.Runs.Report(new(start.Id, start.Lease, outcome), 1_002)!.Value.State);
    }

    [Fact]
    public void Load_DelayedRowWithoutSortKey_GetsTheSameSortKeyAsAnOffer()
    {
        var job = TestJobs.Job("later", acceptedAt: 700, priority: 2) with { ReadyAt = 60_000 };

        var loaded = _queue.Intake.Load([StoredJob.FromNew(job)], 9_000).Single();

        Assert.Equal(New(epoch: 1).Intake.Accept(job, 9_000).Change!.Value.SortKey, loaded.SortKey);
    }

    private static QueueState New(long epoch) => new(QueueRules.Default, Plenty, epoch, paused: false);

    private JobStart StartA()
    {
        _queue.Intake.Accept(A, 0);
        return _queue.Take("w", 1, 1, 0).Starts.Single();
    }

    private (JobStart Start, StoredJob Row) StartAndStore()
    {
        _queue.Intake.Accept(A, 0);
        var taken = _queue.Take("w", 1, 1, 0);
        return (taken.Starts.Single(), TestJobs.Row(A, taken.Changes.Single()));
    }

    private PollCheck Poll(string worker, long number, params JobStart[] held) =>
        _queue.Runs.Poll(worker, number, [.. held.Select(start => new HeldLease(start.Id, start.Lease))], number);
}
