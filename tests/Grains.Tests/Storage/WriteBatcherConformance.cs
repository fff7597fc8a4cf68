using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public abstract class WriteBatcherConformance<TStore> : IClassFixture<TStore>
    where TStore : StoreFixture
{
    private readonly TStore _store;

    protected WriteBatcherConformance(TStore store)
    {
        _store = store;
        store.SkipWhenMissing();
    }

    [Fact]
    public async Task CommitAsync_TwoStatements_StoresBoth()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "two_statements");

        await harness.CommitAsync(harness.Insert(1, "first"), harness.Insert(2));

        Assert.Equal([1, 2], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_LastStatementFails_StoresNothingOfTheUnit()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "last_fails");
        await harness.CommitAsync(harness.Insert(2));

        await Assert.ThrowsAsync<DuplicateKeyException>(() => harness.CommitAsync(harness.Insert(1), harness.Insert(2)));

        Assert.Equal([2], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_KeyTaken_NamesTheConstraint()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "key_taken");
        await harness.CommitAsync(harness.Insert(1));

        var taken = await Assert.ThrowsAsync<DuplicateKeyException>(() => harness.CommitAsync(harness.Insert(1)));

        var expected = _store.Database.Dialect == SqlDialect.Sqlite ? harness.KeyColumn : "key_taken_pkey";
        Assert.Equal(expected, taken.Constraint);
    }

    [Fact]
    public async Task CommitAsync_FenceBroken_IsStaleAndStoresNothing()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "fence_broken");
        await harness.CommitAsync(harness.Insert(1));
        await harness.CommitAsync(harness.Raise(1, from: 0));

        await Assert.ThrowsAsync<StaleWriterException>(() => harness.CommitAsync(harness.Raise(1, from: 0), harness.Insert(2)));

        Assert.Equal([1], await harness.IdsAsync());
        Assert.Equal(1, await harness.FenceAsync(1));
    }

    [Fact]
    public async Task CommitAsync_InvalidSql_ThrowsTheDriversException()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "no_such_sql");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => harness.CommitAsync(new Statement("insert into nowhere values (1)")));
    }

    [Fact]
    public async Task CommitAsync_FaultyUnitsAmongMany_FailAlone()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "faulty_among_many");
        await harness.CommitAsync(harness.Insert(7));
        var gate = await HoldFirstBatchAsync(harness);
        var commits = Enumerable.Range(0, 100).Select(id => harness.CommitAsync(harness.Insert(id), harness.Insert(1000 + id))).ToArray();
        var stale = harness.CommitAsync(harness.Raise(7, from: 5));

        gate.SetResult();

        await Assert.ThrowsAsync<DuplicateKeyException>(() => commits[7]);
        await Assert.ThrowsAsync<StaleWriterException>(() => stale);
        await Task.WhenAll(commits.Where((_, id) => id != 7));
        var stored = await harness.IdsAsync();
        Assert.Equal(
            [.. Enumerable.Range(0, 100), .. Enumerable.Range(1000, 100).Where(id => id != 1007), 9999], stored.Select(id => (int)id));
    }

    [Fact]
    public async Task CommitAsync_ConnectionLostAfterCommit_IsNotWrittenTwice()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "answer_lost");
        harness.Sink.Script = attempt => attempt is 1 or 3 ? SinkFault.AfterCommit : SinkFault.None;

        await harness.CommitAsync(harness.Insert(1));
        await harness.CommitAsync(harness.Raise(1, from: 0));
        await harness.CommitAsync(harness.Raise(1, from: 1));

        Assert.Equal(2, await harness.FenceAsync(1));
    }

    [Fact]
    public async Task CommitAsync_ConnectionLostBeforeCommit_IsRetriedAndWritten()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "lost_before");
        harness.Sink.Script = attempt => attempt <= 2 ? SinkFault.BeforeCommit : SinkFault.None;

        await harness.CommitAsync(harness.Insert(1));

        Assert.Equal([1], await harness.IdsAsync());
        Assert.Equal(3, harness.Sink.Attempts);
    }

    [Fact]
    public async Task CommitAsync_ConnectionLostAfterHalfBatches_StoresEachValidUnitOnce()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "halves_lost");
        await harness.CommitAsync(harness.Insert(3));
        var gate = await HoldFirstBatchAsync(harness);
        var commits = Enumerable.Range(0, 8).Select(id => harness.CommitAsync(harness.Insert(id))).ToArray();
        harness.Sink.Script = attempt => attempt % 2 == 0 ? SinkFault.AfterCommit : SinkFault.None;

        gate.SetResult();

        await Assert.ThrowsAsync<DuplicateKeyException>(() => commits[3]);
        await Task.WhenAll(commits.Where((_, id) => id != 3));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 9999], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_StoreUnreachableBeyondTheLimit_IsUnavailableUntilItReturns()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "store_gone", new Testing.SkippingTimeProvider());
        harness.Sink.Script = _ => SinkFault.BeforeCommit;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.CommitAsync(harness.Insert(1)));
        var before = harness.Sink.Attempts;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.CommitAsync(harness.Insert(2)));
        Assert.Equal(before + 1, harness.Sink.Attempts);
        harness.Sink.Script = _ => SinkFault.None;
        await harness.CommitAsync(harness.Insert(3));

        Assert.Equal([3], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_AbandonedBatchWasCommitted_NextUnitsAreWritten()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "given_up", new Testing.SkippingTimeProvider());
        await harness.CommitAsync(harness.Insert(1));
        var first = harness.Sink.Attempts + 1;
        harness.Sink.Script = attempt => attempt == first ? SinkFault.AfterCommit : SinkFault.BeforeCommit;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.CommitAsync(harness.Insert(2)));
        harness.Sink.Script = _ => SinkFault.None;
        await harness.CommitAsync(harness.Insert(3));
        await harness.CommitAsync(harness.Insert(4));

        Assert.Equal([1, 2, 3, 4], await harness.IdsAsync());
    }

    [Fact]
    public async Task TryDrop_NotYetInABatch_NeverWritesIt()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "drop_before");
        var gate = await HoldFirstBatchAsync(harness);
        var pending = harness.Batcher.Enqueue(new WriteUnit(harness.Insert(1)));
        var last = harness.CommitAsync(harness.Insert(2));

        Assert.True(pending.TryDrop());
        Assert.True(pending.TryDrop());
        gate.SetResult();
        await last;

        await Assert.ThrowsAsync<TaskCanceledException>(() => pending.Completion);
        Assert.Equal([2, 9999], await harness.IdsAsync());
    }

    [Fact]
    public async Task TryDrop_AlreadyInABatch_IsFalseAndWrittenBeforeLaterUnits()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "drop_after");
        var gate = new TaskCompletionSource();
        harness.Sink.Gate = gate.Task;
        var pending = harness.Batcher.Enqueue(new WriteUnit(harness.Insert(1)));
        await harness.Sink.NextArrivalAsync(TestContext.Current.CancellationToken);
        var later = harness.CommitAsync(harness.Raise(1, from: 0));

        Assert.False(pending.TryDrop());
        gate.SetResult();
        await pending.Completion;
        await later;

        Assert.Equal(1, await harness.FenceAsync(1));
    }

    [Fact]
    public async Task TryDrop_RacingWithTheBatches_AgreesWithWhatIsStored()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "drop_race", configure: options => options.MaxBatchUnits = 3);
        var pending = Enumerable.Range(0, 300).Select(id => harness.Batcher.Enqueue(new WriteUnit(harness.Insert(id)))).ToArray();

        var dropped = pending.Reverse().Where(write => write.TryDrop()).ToHashSet();

        await Task.WhenAll(pending.Except(dropped).Select(write => write.Completion));
        Assert.Equal(pending.Index().Where(p => !dropped.Contains(p.Item)).Select(p => (long)p.Index), await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_Cancelled_StopsTheWaitAndIsNotWritten()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "cancelled");
        var gate = await HoldFirstBatchAsync(harness);
        using var stop = new CancellationTokenSource();
        var commit = harness.Batcher.CommitAsync(new WriteUnit(harness.Insert(1)), stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        gate.SetResult();
        await harness.CommitAsync(harness.Insert(2));

        Assert.Equal([2, 9999], await harness.IdsAsync());
    }

    [Fact]
    public async Task CommitAsync_QueueFull_WaitsInOrder()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "queue_full", configure: options => options.MaxQueuedUnits = 2);
        var gate = await HoldFirstBatchAsync(harness);
        var commits = new List<Task> { harness.CommitAsync(harness.Insert(1)) };
        for (var from = 0; from < 10; from++)
            commits.Add(harness.CommitAsync(harness.Raise(1, from)));

        gate.SetResult();
        await Task.WhenAll(commits);

        Assert.Equal(10, await harness.FenceAsync(1));
    }

    [Fact]
    public async Task CommitAsync_ManyCallersEachAwaiting_KeepsEveryCallersOrder()
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, "many_callers");

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async caller =>
        {
            await harness.CommitAsync(harness.Insert(caller));
            for (var from = 0; from < 10; from++)
                await harness.CommitAsync(harness.Raise(caller, from));
        }));

        Assert.Equal(10, await harness.FenceAsync(39));
    }

    [Fact]
    public async Task DisposeAsync_UnitsStillQueued_AreWritten()
    {
        var harness = await BatcherHarness.CreateAsync(_store, "flush_on_stop", configure: options => options.MaxBatchUnits = 4);
        var pending = Enumerable.Range(0, 20).Select(id => harness.Batcher.Enqueue(new WriteUnit(harness.Insert(id)))).ToArray();

        await harness.Batcher.DisposeAsync();

        Assert.All(pending, write => Assert.True(write.Completion.IsCompletedSuccessfully));
        Assert.Equal(20, (await harness.IdsAsync()).Count);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.CommitAsync(harness.Insert(21)));
        await harness.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task CommitAsync_ConnectionLostAtRandom_SuccessMeansStoredAndFailureMeansNot(int seed)
    {
        await using var harness = await BatcherHarness.CreateAsync(_store, $"lost_at_random_{seed}", new Testing.SkippingTimeProvider());
        var random = new Random(seed);
        harness.Sink.Script = _ => random.Next(4) switch
        {
            0 => SinkFault.BeforeCommit,
            1 => SinkFault.AfterCommit,
            _ => SinkFault.None,
        };

        // Every third id is inserted twice: exactly one of the two commits may succeed.
        var ids = Enumerable.Range(0, 60).Concat(Enumerable.Range(0, 20).Select(i => i * 3)).ToArray();
        var commits = ids.Select(id => harness.CommitAsync(harness.Insert(id))).ToArray();
        await ((Task)Task.WhenAll(commits))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        var succeeded = ids.Where((_, i) => commits[i].IsCompletedSuccessfully).Select(id => (long)id).Order();
        Assert.Equal(await harness.IdsAsync(), succeeded);
        Assert.All(
            commits.Where(commit => !commit.IsCompletedSuccessfully),
            commit => Assert.IsType<DuplicateKeyException>(commit.Exception!.InnerException));
    }

    /// <summary>Holds a batch with row 9999, so that later units gather in the queue and form one batch when the gate opens.</summary>
    private static async Task<TaskCompletionSource> HoldFirstBatchAsync(BatcherHarness harness)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (harness.Sink.TryTakeArrival())
        {
        }

        harness.Sink.Gate = gate.Task;
        harness.Batcher.Enqueue(new WriteUnit(harness.Insert(9999)));
        await harness.Sink.NextArrivalAsync(TestContext.Current.CancellationToken);
        return gate;
    }
}
