using System.Collections.Immutable;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

/// <summary>Jobs that wait for their children, as <see cref="QueueState"/> decides.</summary>
public sealed class JobFlowsTests
{
    private const string Worker = "w";
    private static readonly JobId Parent = new("parent");

    private QueueState _queue = NewQueue(1);
    private long _poll;

    private JobStatus ParentStatus => _queue.StatusOf(Parent, 0)!;

    [Fact]
    public void EndStored_LastChild_MakesTheParentReadyWithASortKeyFromThatTime()
    {
        Add(Child("a"), Child("b"));
        var starts = Take(0);

        Assert.Equal((JobState.Blocked, null), (ParentStatus.State, ParentStatus.Position));
        Assert.Equal(["a", "b"], starts.Keys.Order());
        Assert.Empty(End(starts["a"], JobOutcomeKind.Completed, 100));
        var moved = Assert.Single(End(starts["b"], JobOutcomeKind.Completed, 5_000));

        Assert.Equal((Parent, JobEvent.Unblocked, JobState.Waiting, 5_000), (moved.Id, moved.Event, moved.State, moved.SortKey));
        Assert.Equal(0, _queue.Counts(5_000).Blocked);
        Assert.Equal(["parent"], Take(5_000).Keys);
    }

    [Fact]
    public void Report_EndOfLastChildNotStored_LeavesTheParentBlocked()
    {
        Add(Child("a"));

        _queue.Runs.Report(new(new JobId("a"), Take(0)["a"].Lease, JobOutcomeKind.Completed), 100);

        Assert.Equal(JobState.Blocked, ParentStatus.State);
        Assert.Equal(1, _queue.Counts(100).Blocked);
        Assert.Empty(Take(101));
    }

    [Theory]
    [InlineData(ChildFailure.FailParent, JobState.Failed)]
    [InlineData(ChildFailure.Ignore, JobState.Blocked)]
    [InlineData(ChildFailure.Continue, JobState.Waiting)]
    public void EndStored_FailedChild_AppliesItsFailureRuleToTheParent(ChildFailure rule, JobState expected)
    {
        Add(Child("a", rule), Child("b"));

        var moved = End(Take(0)["a"], JobOutcomeKind.FailedForGood, 100);

        Assert.Equal(expected, moved.Select(change => change.State).SingleOrDefault(JobState.Blocked));
        Assert.Equal(expected == JobState.Failed ? "Child job a failed." : null, moved.Select(change => change.Failure).SingleOrDefault());
        Assert.Equal(JobState.Active, _queue.StatusOf(new JobId("b"), 100)!.State);
    }

    [Fact]
    public void EndStored_ChildToBeRetried_LeavesTheParentBlocked()
    {
        Add(Child("a"));

        var retry = _queue.Runs.Report(new(new JobId("a"), Take(0)["a"].Lease, JobOutcomeKind.Failed), 100)!.Value;

        Assert.Equal(JobState.Delayed, retry.State);
        Assert.Empty(_queue.Flows.EndStored(retry.Id, JobState.Failed, 100));
        Assert.Equal(JobState.Blocked, ParentStatus.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EndStored_CancelledOrRemovedChild_CountsAsEndedAndNotFailed(bool isRemoved)
    {
        Add(Child("a"));

        var end = isRemoved ? _queue.Actions.Remove(new JobId("a"), 10)!.Value : _queue.Actions.Cancel(new JobId("a"), 10).Change!.Value;

        Assert.Equal(JobState.Waiting, Assert.Single(_queue.Flows.EndStored(end.Id, end.State, 20)).State);
    }

    [Fact]
    public void Cancel_BlockedParent_DoesNotAffectTheChildren()
    {
        Add(Child("a"));

        Assert.Equal(JobState.Cancelled, _queue.Actions.Cancel(Parent, 10).Change!.Value.State);

        Assert.Empty(End(Take(20)["a"], JobOutcomeKind.FailedForGood, 30));
        Assert.Equal(0, _queue.OpenCount);
    }

    [Fact]
    public void Tick_BlockedParentPastItsDeadline_Fails()
    {
        Add([Child("a") with { ReadyAt = 100_000 }], deadline: 9_000);

        Assert.Equal(9_000, _queue.NextStartMs(0));
        Assert.Empty(_queue.Tick(8_999));
        var failed = Assert.Single(_queue.Tick(9_000));

        Assert.Equal((Parent, JobEvent.DeadlinePassed, JobState.Failed), (failed.Id, failed.Event, failed.State));
    }

    [Fact]
    public void Settle_NoOpenChild_MakesTheParentReady()
    {
        var rows = Add(Child("a"));
        var end = _queue.Runs.Report(new(new JobId("a"), Take(0)["a"].Lease, JobOutcomeKind.Completed), 100)!.Value;

        _queue = NewQueue(2);
        _queue.Intake.Load([rows[1]], 200);
        _queue.Intake.Load([rows[0] with { State = end.State, EndedAt = end.EndedAt }], 200);

        var moved = Assert.Single(_queue.Flows.Settle(200));
        Assert.Equal((Parent, JobEvent.Unblocked, JobState.Waiting), (moved.Id, moved.Event, moved.State));
    }

    [Fact]
    public void Settle_ChildFailedLongAgo_FailsTheParent()
    {
        var rows = Add(Child("a"), Child("b"));

        _queue = NewQueue(2);
        _queue.Intake.Load(rows[1..], 900_000);
        _queue.Intake.Load([rows[0] with { State = JobState.Failed, EndedAt = 100 }], 900_000);

        var moved = Assert.Single(_queue.Flows.Settle(900_000));
        Assert.Equal((Parent, JobEvent.ChildFailed, "Child job a failed."), (moved.Id, moved.Event, moved.Failure));
    }

    [Fact]
    public void Settle_OpenChild_LeavesTheParentBlocked()
    {
        var rows = Add(Child("a"), Child("b"));

        _queue = NewQueue(2);
        _queue.Intake.Load([rows[2], rows[1]], 200);

        Assert.Empty(_queue.Flows.Settle(200));
        Assert.Single(End(Take(200)["b"], JobOutcomeKind.Completed, 300));
    }

    [Fact]
    public void RetryByHand_ChildOfABlockedParent_BlocksTheParentAgain()
    {
        var rows = Add(Child("a", ChildFailure.Ignore), Child("b"));
        var starts = Take(0);
        End(starts["a"], JobOutcomeKind.FailedForGood, 100);

        _queue.Actions.RetryByHand(rows[0] with { State = JobState.Failed, EndedAt = 100 }, 200);

        Assert.Empty(End(starts["b"], JobOutcomeKind.Completed, 300));
        Assert.Single(End(Take(400)["a"], JobOutcomeKind.Completed, 500));
    }

    [Fact]
    public void Poll_UnwrittenRunOfABlockedParent_IsAdopted()
    {
        var rows = Add(Child("a"));
        _queue = NewQueue(2);
        _queue.Intake.Load(rows, 0);

        var check = _queue.Runs.Poll(Worker, 1, [new(Parent, new JobLease(1, 7))], 10);

        Assert.Empty(check.Revoked);
        Assert.Equal(JobState.Active, ParentStatus.State);
        Assert.Equal(0, _queue.Counts(10).Blocked);
    }

    [Fact]
    public void Take_ParentAndChildrenOfOneOrderKey_StartsTheChildrenFirst()
    {
        Add([Child("a", key: "k"), Child("b", key: "k")], key: "k");

        foreach (var id in (string[])["a", "b"])
            End(Take(0)[id], JobOutcomeKind.Completed, 0);

        Assert.Equal(["parent"], Take(0).Keys);
    }

    private static QueueState NewQueue(long epoch) => new(QueueRules.Default, new QueueLimits(1_000, 1_000), epoch, paused: false);

    private static Job Child(string id, ChildFailure onFailure = ChildFailure.FailParent, string? key = null) =>
        TestJobs.Job(id, orderKey: key) with { ParentId = Parent, OnFailure = onFailure };

    private StoredJob[] Add(params Job[] children) => Add(children, null);

    /// <summary>Adds a flow and returns its stored rows: the children's, then the parent's.</summary>
    private StoredJob[] Add(Job[] children, string? key = null, long? deadline = null)
    {
        Job[] jobs = [.. children, TestJobs.Job("parent", orderKey: key, deadline: deadline) with { WaitsForChildren = true }];
        PreparedJob[] prepared = [.. jobs.Select((job, i) => _queue.Intake.Prepare(job with { OrderNumber = i }))];
        foreach (var job in prepared)
            _queue.Intake.Finish(job, 0);
        return [.. prepared.Select(job => job.Row)];
    }

    private Dictionary<string, JobStart> Take(long now)
    {
        _queue.Runs.Poll(Worker, ++_poll, [], now);
        return _queue.Take(Worker, 100, _poll, now).Starts.ToDictionary(start => start.Id.Value);
    }

    /// <summary>Ends a run and reports the end as stored.</summary>
    private ImmutableArray<JobChange> End(JobStart start, JobOutcomeKind outcome, long now)
    {
        var end = _queue.Runs.Report(new(start.Id, start.Lease, outcome), now)!.Value;
        return _queue.Flows.EndStored(end.Id, end.State, now);
    }
}
