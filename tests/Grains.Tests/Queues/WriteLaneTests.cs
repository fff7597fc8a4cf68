using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

public sealed class WriteLaneTests
{
    private readonly Queue<(ChangeRound Round, TaskCompletionSource Commit)> _out = new();
    private readonly SemaphoreSlim _sent = new(0);
    private readonly WriteLane<ChangeRound, JobChange> _lane;

    public WriteLaneTests() => _lane = new(2, round =>
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _out.Enqueue((round, commit));
        _sent.Release();
        return commit.Task;
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Add_WhileTwoUnitsAreOut_GoesTogetherWhenOneHasComeBack() => Turns.RunAsync(async () =>
    {
        var first = _lane.Add(Change("a"));
        var out1 = await NextAsync();
        var second = _lane.Add(Change("b"));
        var out2 = await NextAsync();
        Task[] later = [_lane.Add(Change("c")), _lane.Add(Change("d"))];
        Assert.Empty(_out);

        out1.Commit.SetResult();
        var out3 = await NextAsync();

        await first;
        Assert.Equal(["c", "d"], out3.Round.Changes.Select(change => change.Id.Value));
        Assert.All([second, .. later], task => Assert.False(task.IsCompleted));
        var written = _lane.Written;
        out2.Commit.SetResult();
        await second;
        Assert.False(written.IsCompleted);
        out3.Commit.SetResult();
        await Task.WhenAll([written, .. later]);
    });

    [Fact]
    public Task Add_AUnitFails_TellsItsOwnAndWritesTheNext() => Turns.RunAsync(async () =>
    {
        var first = _lane.Add(Change("a"));
        var out1 = await NextAsync();
        var second = _lane.Add(Change("b"));

        out1.Commit.SetException(new InvalidOperationException("no"));
        (await NextAsync()).Commit.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await second;
    });

    [Fact]
    public void TryAdd_ANewerChangeOfAJob_TakesTheOldersPlaceAndKeepsWhatItDoesNotSay()
    {
        var round = new ChangeRound();
        round.TryAdd(Change("a") with { Failure = "broken", StartedAt = 3 });

        Assert.True(round.TryAdd(Change("a") with { State = JobState.Completed, Result = "ok" }));

        Assert.Equal(Change("a") with { State = JobState.Completed, Failure = "broken", Result = "ok", StartedAt = 3 }, Assert.Single(round.Changes));
    }

    [Fact]
    public void TryAdd_AFullRound_TakesJobsThatItHasAndNoOther()
    {
        var round = new ChangeRound();
        for (var i = 0; i < ChangeRound.MaxRows; i++)
            Assert.True(round.TryAdd(Change($"{i}")));

        Assert.False(round.TryAdd(Change("other")));
        Assert.True(round.TryAdd(Change("7")));
    }

    [Fact]
    public void TryAdd_CallsOfNewJobs_AreNeverDivided()
    {
        var round = new InsertRound();

        Assert.True(round.TryAdd(Jobs(InsertRound.MaxRows + 1)));
        Assert.False(round.TryAdd(Jobs(1)));
        Assert.Equal(InsertRound.MaxRows + 1, round.Jobs.Count);
    }

    private static (Job Job, long Place)[] Jobs(int count) => [.. Enumerable.Range(0, count).Select(i => (TestJobs.Job($"{i}"), (long)i))];

    private static JobChange Change(string id) =>
        new(new JobId(id), JobEvent.Started, JobState.Active, 0, 1, 0, 1, null, 1, "w", null, null, null, null) { Priority = 5 };

    private async Task<(ChangeRound Round, TaskCompletionSource Commit)> NextAsync()
    {
        await _sent.WaitAsync(Token);
        return _out.Dequeue();
    }
}
