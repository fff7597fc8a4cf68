using JubileeVerse.Queues;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Dispatch;

public sealed class PollWaitersTests
{
    private readonly PollWaiters _polls = new();

    [Fact]
    public async Task Add_NewerPollOfTheWorker_CompletesAndReplacesTheOlderOne()
    {
        var older = Add("w", 1);
        var newer = Add("w", 1);

        await older.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System);
        _polls.Remove(older);

        Assert.Same(newer, _polls.LeastLoaded(_ => 0));
        _polls.Remove(newer);
        Assert.Equal(0, _polls.Count);
    }

    [Fact]
    public void LeastLoaded_SeveralPolls_ReturnsTheWorkerWithTheFewestJobsThatHasCapacity()
    {
        Add("full", 0);
        Add("busy", 1);
        var idle = Add("idle", 1);

        Assert.Same(idle, _polls.LeastLoaded(worker => worker == "busy" ? 2 : 1));
    }

    [Fact]
    public async Task CompleteStarted_OnePollHasStarts_KeepsTheOther()
    {
        var started = Add("started", 1);
        var waiting = Add("waiting", 1);
        started.Add([new JobStart(new("a"), new(1, 1), 1, IsFirst: true, 0)]);
        Assert.True(_polls.HasStarts);

        _polls.CompleteStarted();

        await started.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System);
        Assert.False(_polls.HasStarts);
        Assert.Same(waiting, _polls.LeastLoaded(_ => 0));
    }

    private PollWaiter Add(string worker, int slots)
    {
        var waiter = new PollWaiter(new WorkerPoll(worker, 1, slots, [], null));
        _polls.Add(waiter);
        return waiter;
    }
}
