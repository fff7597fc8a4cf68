using JubileeVerse.Queues.State;
using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

public sealed class QueueEventsTests
{
    private readonly QueueState _queue = new(QueueRules.Default, new QueueLimits(10, 1_000), epoch: 7, paused: false);
    private readonly QueueEvents _events = new(ChannelName.OfQueue(TestJobs.Queue), activation: 7);

    [Fact]
    public void Of_ALifeWithARetry_SaysEachStepAtItsPosition()
    {
        _events.Begin(atWork: 0);

        QueueJobEvent[] told =
        [
            Tell(_queue.Accept(TestJobs.Job("a"), 0).Change!.Value, 0),
            Tell(Take(1, out var first), 1),
            Tell(Report(first, JobOutcomeKind.Failed, 2, "boom"), 2),
            Tell(_queue.Tick(1_002).Single(), 1_002),
            Tell(Take(1_003, out var second), 1_003),
            Tell(Report(second, JobOutcomeKind.Completed, 1_004), 1_004),
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
            told.Select(e => (e.Offset, e.Event, e.State, e.Attempt!.Value)));
        Assert.All(told, e => Assert.Equal("7.1", e.Epoch));
        Assert.Equal(("boom", UnixTime.At(1_002)), (told[2].Detail, told[2].ReadyAt));
    }

    [Fact]
    public void OfAdded_ADelayedJob_SaysWhenItIsReady()
    {
        _events.Begin(atWork: 0);
        var job = TestJobs.Job("later") with { ReadyAt = 5_000 };

        var delayed = _events.OfAdded(job, JobState.Delayed, position: null, 1_000);
        var ripe = _events.OfAdded(job, JobState.Waiting, position: 1, 6_000);

        Assert.Equal((0, UnixTime.At(5_000)), (delayed.Attempt!.Value, delayed.ReadyAt!.Value));
        Assert.Null(ripe.ReadyAt);
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
    internal void Of_WhatHappens_HasItsKind(JobEvent happened, QueueEventKind expected)
    {
        _events.Begin(atWork: 0);
        var change = _queue.Accept(TestJobs.Job("a"), 0).Change!.Value with { Event = happened };

        Assert.Equal(expected, Tell(change, 0).Event);
    }

    [Fact]
    public void Drained_EachTimeTheQueueBecomesEmpty_IsSaidOnce()
    {
        _events.Begin(atWork: 0);
        Assert.Null(_events.Drained(atWork: 0, 0));

        Tell(_queue.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);
        Assert.Null(_events.Drained(atWork: 1, 0));
        Assert.Equal(QueueEventKind.Drained, _events.Drained(atWork: 0, 1)!.Event);
        Assert.Null(_events.Drained(atWork: 0, 2));

        Assert.Null(_events.Drained(atWork: 5, 3));
        Assert.NotNull(_events.Drained(atWork: 0, 4));
    }

    [Fact]
    public void Drained_AJobThatCameAndWentAtOnce_IsSaid()
    {
        _events.Begin(atWork: 0);

        Tell(_queue.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);

        Assert.NotNull(_events.Drained(atWork: 0, 0));
    }

    [Fact]
    public void Drained_OnlyDelayedJobsAreLeft_IsSaidOnceUntilOneIsReadyAgain()
    {
        _events.Begin(atWork: 0);
        Tell(_queue.Accept(TestJobs.Job("later", 0) with { ReadyAt = 5_000 }, 0).Change!.Value, 0);
        Assert.Null(Drained(0));

        Tell(_queue.Accept(TestJobs.Job("a"), 0).Change!.Value, 0);
        Assert.Null(Drained(0));
        Tell(Take(1, out var first), 1);
        Assert.Null(Drained(1));
        Tell(Report(first, JobOutcomeKind.Failed, 2, "boom"), 2);
        Assert.NotNull(Drained(2));
        Tell(_queue.Accept(TestJobs.Job("much later", 0) with { ReadyAt = 9_000 }, 3).Change!.Value, 3);
        Assert.Null(Drained(3));

        Tell(_queue.Tick(1_002).Single(), 1_002);
        Tell(Take(1_003, out var second), 1_003);
        Tell(Report(second, JobOutcomeKind.Completed, 1_004), 1_004);
        Assert.NotNull(Drained(1_004));
        Assert.Null(Drained(1_005));
    }

    [Fact]
    public void Drained_WhatIsSaidOfAnEndedJob_IsNoJob()
    {
        _events.Begin(atWork: 0);

        _events.Of(QueueEventKind.Duplicated, new JobId("a"), "test", JobState.Completed, null, null, 0);

        Assert.Null(_events.Drained(atWork: 0, 0));
    }

    [Fact]
    public void After_AKnownPosition_HasWhatCameSince()
    {
        _events.Begin(atWork: 0);
        for (var i = 0; i < 3; i++)
            _events.Of(QueueEventKind.Paused, i);

        Assert.Equal([3], Offsets(_events.After(_events.Epoch, 2, 10)));
        Assert.Equal([1, 2, 3], Offsets(_events.After("6.1", 2, 10)));
        Assert.Equal([1, 2, 3], Offsets(_events.After(null, 0, 10)));
    }

    [Fact]
    public void After_ManyOrOldEvents_KeepsThoseInBounds()
    {
        _events.Begin(atWork: 0);
        for (var i = 0; i < RecentFrames.MaxFrames + 5; i++)
            _events.Of(QueueEventKind.Paused, nowMs: 0);
        Assert.Equal(Enumerable.Range(6, RecentFrames.MaxFrames).Select(i => (long)i), Offsets(_events.After(null, 0, 0)));

        var last = _events.Of(QueueEventKind.Resumed, (long)RecentFrames.MaxAge.TotalMilliseconds);

        Assert.Equal([last.Offset], Offsets(_events.After(null, 0, (long)RecentFrames.MaxAge.TotalMilliseconds + 1)));
    }

    [Fact]
    public void Begin_AfterTheLastWatcherLeft_IsAnotherEpochWithoutAPast()
    {
        _events.Begin(atWork: 0);
        _events.Of(QueueEventKind.Paused, 0);
        _events.Begin(atWork: 3);
        Assert.Equal(("7.1", 1), (_events.Epoch, _events.Offset));

        _events.End();
        _events.Begin(atWork: 1);

        Assert.Equal(("7.2", 0), (_events.Epoch, _events.Offset));
        Assert.Empty(_events.After(null, 0, 0));
        Assert.NotNull(_events.Drained(atWork: 0, 0));
    }

    private static IEnumerable<long> Offsets(FrameList frames) => frames.Cast<DurableFrame>().Select(frame => frame.Offset);

    private QueueEvent? Drained(long now) => _events.Drained(_queue.AtWork, now);

    private QueueJobEvent Tell(JobChange change, long now) => _events.Of(change, "test", null, now);

    private JobChange Take(long now, out JobStart start)
    {
        var take = _queue.Take("w", 1, 1, now);
        start = take.Starts.Single();
        return take.Changes.Single();
    }

    private JobChange Report(JobStart start, JobOutcomeKind outcome, long now, string? detail = null) =>
        _queue.Report(new JobReport(start.Id, start.Lease, outcome) { Detail = detail }, now)!.Value;
}
