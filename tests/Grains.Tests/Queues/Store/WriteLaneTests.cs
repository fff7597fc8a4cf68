using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Writing;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class WriteLaneTests
{
    private readonly Queue<(ChangeBatch Batch, TaskCompletionSource Commit)> _inFlight = new();
    private readonly SemaphoreSlim _sent = new(0);
    private readonly WriteLane<ChangeBatch, JobChange> _lane;

    public WriteLaneTests() => _lane = new(2, batch =>
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inFlight.Enqueue((batch, commit));
        _sent.Release();
        return commit.Task;
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Add_TwoUnitsInFlight_WritesLaterChangesTogetherWhenOneCompletes() => GrainScheduler.RunAsync(async () =>
    {
        var first = _lane.Add(Change("a"));
        var firstUnit = await NextAsync();
        var second = _lane.Add(Change("b"));
        var secondUnit = await NextAsync();
        Task[] later = [_lane.Add(Change("c")), _lane.Add(Change("d"))];
        Assert.Empty(_inFlight);

        firstUnit.Commit.SetResult();
        var thirdUnit = await NextAsync();

        await first;
        Assert.Equal(["c", "d"], thirdUnit.Batch.Changes.Select(change => change.Id.Value));
        Assert.All([second, .. later], task => Assert.False(task.IsCompleted));
        var drained = _lane.Drained;
        secondUnit.Commit.SetResult();
        await second;
        Assert.False(drained.IsCompleted);
        thirdUnit.Commit.SetResult();
        await Task.WhenAll([drained, .. later]);
    });

    [Fact]
    public Task Add_UnitFails_FailsItsCallersAndWritesTheNextUnit() => GrainScheduler.RunAsync(async () =>
    {
        var first = _lane.Add(Change("a"));
        var firstUnit = await NextAsync();
        var second = _lane.Add(Change("b"));

        firstUnit.Commit.SetException(new InvalidOperationException("no"));
        (await NextAsync()).Commit.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await second;
    });

    [Fact]
    public void TryAdd_NewerChangeOfAJob_ReplacesTheOlderAndKeepsValuesThatItLacks()
    {
        var batch = new ChangeBatch();
        batch.TryAdd(Change("a") with { Failure = "broken", StartedAt = 3 });

        Assert.True(batch.TryAdd(Change("a") with { State = JobState.Completed, Result = "ok" }));

        Assert.Equal(
            Change("a") with { State = JobState.Completed, Failure = "broken", Result = "ok", StartedAt = 3 },
            Assert.Single(batch.Changes));
    }

    [Fact]
    public void TryAdd_FullBatch_AcceptsOnlyJobsThatItContains()
    {
        var batch = new ChangeBatch();
        for (var i = 0; i < ChangeBatch.MaxRows; i++)
            Assert.True(batch.TryAdd(Change($"{i}")));

        Assert.False(batch.TryAdd(Change("other")));
        Assert.True(batch.TryAdd(Change("7")));
    }

    [Fact]
    public void TryAdd_JobsOfOneCall_AreNeverSplit()
    {
        var batch = new InsertBatch();

        Assert.True(batch.TryAdd(Jobs(InsertBatch.MaxRows + 1)));
        Assert.False(batch.TryAdd(Jobs(1)));
        Assert.Equal(InsertBatch.MaxRows + 1, batch.Jobs.Count);
    }

    private static (Job Job, long SortKey)[] Jobs(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (TestJobs.Job($"{i}"), (long)i))];

    private static JobChange Change(string id) =>
        new(new JobId(id), JobEvent.Started, JobState.Active, 0, 1, 0, 1, null, 1, "w", null, null, null, null) { Priority = 5 };

    private async Task<(ChangeBatch Batch, TaskCompletionSource Commit)> NextAsync()
    {
        await _sent.WaitAsync(Token);
        return _inFlight.Dequeue();
    }
}
