using JubileeVerse.Queues;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Grains.Tests.Queues.Events;

public sealed class QueueEventsTests
{
    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(10, 1_000), epoch: 7, paused: false);
    private readonly QueueEvents _events = new(ChannelName.ForQueue(TestJobs.Queue), activation: 7);

    [Fact]
    public void Create_JobWithARetry_CreatesOneEventPerStepWithItsOffset()
    {
        _events.Begin(waitingOrActive: 0);

        QueueJobEvent[] created =
        [
            CreateEvent(_queue.Intake.Accept(TestJobs.Job("a"), 0).Change!.Value, 0),
            CreateEvent(Take(1, out var first), 1),
            CreateEvent(Report(first, JobOutcomeKind.Failed, 2, "boom"), 2),
            CreateEvent(_queue.Tick(1_002).Single(), 1_002),
            CreateEvent(Take(1_003, out var second), 1_003),
            CreateEvent(Report(second, JobOutcomeKind.Completed, 1_004), 1_004),
        ];

        Assert.Equal(
            [
                (1, QueueEventKind.Added, JobState.Waiting, 0),
                (2, QueueEventKind.Active, JobState.Active, 1),
                (3, QueueEventKind.Retrying, JobState.Delayed, 1),
                (4, QueueEventKind.Waiting, JobState.Waiting, 1),
                (5, QueueEventKind.Active, JobState.Active, 2),
                (6, QueueEventKind.Completed, JobState.Completed, 2),
            ],
            created.Select(e => (e.Offset, e.Event, e.State, e.Attempt!.Value)));
        Assert.All(created, e => Assert.Equal("7.1", e.Epoch));
        Assert.Equal(("boom", UnixTime.FromMilliseconds(1_002)), (created[2].Detail, created[2].ReadyAt));
    }

    [Fact]
    public void CreateAdded_DelayedJob_HasReadyAt()
    {
        _events.Begin(waitingOrActive: 0);
        var job = TestJobs.Job("later") with { ReadyAt = 5_000 };

        var delayed = _events.CreateAdded(job, JobState.Delayed, position: null, 1_000);
        var ready = _events.CreateAdded(job, JobState.Waiting, position: 1, 6_000);

        Assert.Equal((0, UnixTime.FromMilliseconds(5_000)), (delayed.Attempt!.Value, delayed.ReadyAt!.Value));
        Assert.Null(ready.ReadyAt);
    }

    [Theory]
    [InlineData(JobEvent.FailedForGood, QueueEventKind.Failed)]
    [InlineData(JobEvent.StalledOut, QueueEventKind.Failed)]
    [InlineData(JobEvent.DeadlinePassed, QueueEventKind.Failed)]
    [InlineData(JobEvent.ChildFailed, QueueEventKind.Failed)]
    [InlineData(JobEvent.Unblocked, QueueEventKind.Waiting)]
    [InlineData(JobEvent.Stalled, QueueEventKind.Stalled)]
    [InlineData(JobEvent.Cancelled, QueueEventKind.Cancelled)]
    [InlineData(JobEvent.Removed, QueueEventKind.Removed)]
    [InlineData(JobEvent.Snoozed, QueueEventKind.Delayed)]
    [InlineData(JobEvent.Promoted, QueueEventKind.Waiting)]
    [InlineData(JobEvent.HandedBack, QueueEventKind.Waiting)]
    [InlineData(JobEvent.RetriedByHand, QueueEventKind.Waiting)]
    internal void Create_JobEvent_HasItsKind(JobEvent jobEvent, QueueEventKind expected)
    {
        _events.Begin(waitingOrActive: 0);
        var change = _queue.Intake.Accept(TestJobs.Job("a"), 0).Change!.Value with { Event = jobEvent };

        Assert.Equal(expected, CreateEvent(change, 0).Event);
    }

    [Fact]
    public void CreateDrained_QueueBecomesEmpty_CreatesOneEventEachTime()
    {
        _events.Begin(waitingOrActive: 0);
        Assert.Null(_events.CreateDrained(waitingOrActive: 0, 0));

        CreateEvent(_queue.Intake.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);
        Assert.Null(_events.CreateDrained(waitingOrActive: 1, 0));
        Assert.Equal(QueueEventKind.Drained, _events.CreateDrained(waitingOrActive: 0, 1)!.Event);
        Assert.Null(_events.CreateDrained(waitingOrActive: 0, 2));

        Assert.Null(_events.CreateDrained(waitingOrActive: 5, 3));
        Assert.NotNull(_events.CreateDrained(waitingOrActive: 0, 4));
    }

    [Fact]
    public void CreateDrained_JobAddedAndEndedInBetween_CreatesAnEvent()
    {
        _events.Begin(waitingOrActive: 0);

        CreateEvent(_queue.Intake.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);

        Assert.NotNull(_events.CreateDrained(waitingOrActive: 0, 0));
    }

    [Fact]
    public void CreateDrained_OnlyDelayedJobsLeft_CreatesOneEventUntilAJobIsReadyAgain()
    {
        _events.Begin(waitingOrActive: 0);
        CreateEvent(_queue.Intake.Accept(TestJobs.Job("later", 0) with { ReadyAt = 5_000 }, 0).Change!.Value, 0);
        Assert.Null(CreateDrained(0));

        CreateEvent(_queue.Intake.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);
        Assert.Null(CreateDrained(0));
        CreateEvent(Take(1, out var first), 1);
        Assert.Null(CreateDrained(1));
        CreateEvent(Report(first, JobOutcomeKind.Failed, 2, "boom"), 2);
        Assert.NotNull(CreateDrained(2));
        CreateEvent(_queue.Intake.Accept(TestJobs.Job("much later", 0) with { ReadyAt = 9_000 }, 3).Change!.Value, 3);
        Assert.Null(CreateDrained(3));

        CreateEvent(_queue.Tick(1_002).Single(), 1_002);
        CreateEvent(Take(1_003, out var second), 1_003);
        CreateEvent(Report(second, JobOutcomeKind.Completed, 1_004), 1_004);
        Assert.NotNull(CreateDrained(1_004));
        Assert.Null(CreateDrained(1_005));
    }

    [Fact]
    public void CreateDrained_EventOfAnEndedJob_CreatesNone()
    {
        _events.Begin(waitingOrActive: 0);

        _events.Create(QueueEventKind.Duplicated, new JobId("a"), "test", JobState.Completed, null, null, 0);

        Assert.Null(_events.CreateDrained(waitingOrActive: 0, 0));
    }

    [Fact]
    public void After_KnownOffset_ReturnsLaterEvents()
    {
        _events.Begin(waitingOrActive: 0);
        for (var i = 0; i < 3; i++)
            _events.Create(QueueEventKind.Paused, i);

        Assert.Equal([3], Offsets(_events.After(_events.Epoch, 2, 10)));
        Assert.Equal([1, 2, 3], Offsets(_events.After("6.1", 2, 10)));
        Assert.Equal([1, 2, 3], Offsets(_events.After(null, 0, 10)));
    }

    [Fact]
    public void After_ManyOrOldEvents_ReturnsThoseWithinTheBounds()
    {
        _events.Begin(waitingOrActive: 0);
        for (var i = 0; i < RecentFrames.MaxFrames + 5; i++)
            _events.Create(QueueEventKind.Paused, nowMs: 0);
        Assert.Equal(Enumerable.Range(6, RecentFrames.MaxFrames).Select(i => (long)i), Offsets(_events.After(null, 0, 0)));

        var last = _events.Create(QueueEventKind.Resumed, (long)RecentFrames.MaxAge.TotalMilliseconds);

        Assert.Equal([last.Offset], Offsets(_events.After(null, 0, (long)RecentFrames.MaxAge.TotalMilliseconds + 1)));
    }

    [Fact]
    public void Begin_AfterTheLastSubscriberDetached_StartsANewEpochWithoutHistory()
    {
        _events.Begin(waitingOrActive: 0);
        _events.Create(QueueEventKind.Paused, 0);
        _events.Begin(waitingOrActive: 3);
        Assert.Equal(("7.1", 1), (_events.Epoch, _events.Offset));

        _events.End();
        _events.Begin(waitingOrActive: 1);

        Assert.Equal(("7.2", 0), (_events.Epoch, _events.Offset));
        Assert.Empty(_events.After(null, 0, 0));
        Assert.NotNull(_events.CreateDrained(waitingOrActive: 0, 0));
    }

    private static IEnumerable<long> Offsets(FrameList frames) => frames.Cast<DurableFrame>().Select(frame => frame.Offset);

    private QueueEvent? CreateDrained(long now) => _events.CreateDrained(_queue.WaitingOrActiveCount, now);

    private QueueJobEvent CreateEvent(JobChange change, long now) => _events.Create(change, "test", null, now);

    private JobChange Take(long now, out JobStart start)
    {
        var take = _queue.Take("w", 1, 1, now);
        start = take.Starts.Single();
        return take.Changes.Single();
    }

    private JobChange Report(JobStart start, JobOutcomeKind outcome, long now, string? detail = null) =>
        _queue.Runs.Report(new JobReport(start.Id, start.Lease, outcome) { Detail = detail }, now)!.Value;
}
