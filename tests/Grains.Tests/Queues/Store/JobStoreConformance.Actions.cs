using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <content>The contract for operator actions.</content>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Change_NewPriority_IsStored()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("a"));

        await CommitAsync(_store.Change(_queue, epoch, [_state.Actions.SetPriority(new JobId("a"), 2, Now)!.Value]));

        Assert.Equal(2, (await _store.FindAsync(_queue, new JobId("a"), Token))!.Priority);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reopen_FailedJob_IsOpenAgainEvenIfItsRowWasDeleted(bool isDeleted)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        var job = Job("a") with { Deadline = Now + 10 };
        await EndAsync(epoch, job, Now);
        await _store.MarkAcknowledgedAsync(_queue, job.Id, Token);
        var stored = (await _store.FindStoredAsync(_queue, job.Id, Token))!.Value;
        if (isDeleted)
            await CommitAsync(_store.Delete(_queue, epoch, [job.Id]));

        await CommitAsync(_store.Reopen(stored.Job, epoch, _state.Actions.RetryByHand(stored, Now + 20)!.Value, Now + 20));

        var row = Assert.Single(await _store.LoadAsync(_queue, 0, Token).ToListAsync(Token));
        Assert.Equal((JobState.Waiting, 0, null, null), (row.State, row.AttemptsMade, row.Job.Deadline, row.EndedAt));
    }

    [Fact]
    public async Task Reopen_OlderEpoch_IsStaleAndChangesNothing()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("a"), Now);
        var stored = (await _store.FindStoredAsync(_queue, new JobId("a"), Token))!.Value;
        var change = _state.Actions.RetryByHand(stored, Now)!.Value;
        await _store.RaiseEpochAsync(_queue, Token);

        await Assert.ThrowsAsync<StaleWriterException>(() => CommitAsync(_store.Reopen(stored.Job, epoch, change, Now)));

        Assert.Equal(JobState.Failed, (await _store.FindAsync(_queue, new JobId("a"), Token))!.State);
    }

    [Fact]
    public async Task SetPausedAsyncAndSetLimitsAsync_NextEpoch_ReturnsBothInTheHead()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await _store.SetPausedAsync(_queue, epoch, paused: true, Token);
        await _store.SetLimitsAsync(
            _queue, epoch, new LimitsChange { StartsPerSecond = new NewLimit(40), Concurrency = new NewLimit(9) }, Token);
        await _store.SetLimitsAsync(
            _queue, epoch, new LimitsChange { ConcurrencyPerSilo = new NewLimit(3), Concurrency = new NewLimit(null) }, Token);

        var head = await _store.RaiseEpochAsync(_queue, Token);

        Assert.Equal(new QueueHead(epoch + 1, Paused: true, new QueueControls(3, 40, null)), head);
    }

    [Fact]
    public async Task SetPausedAsyncAndSetLimitsAsync_OlderEpoch_AreStale()
    {
        var old = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await _store.RaiseEpochAsync(_queue, Token);

        await Assert.ThrowsAsync<StaleWriterException>(() => _store.SetPausedAsync(_queue, old, paused: true, Token));
        await Assert.ThrowsAsync<StaleWriterException>(
            () => _store.SetLimitsAsync(_queue, old, new LimitsChange { StartsPerSecond = new NewLimit(1) }, Token));

        var head = await _store.RaiseEpochAsync(_queue, Token);
        Assert.Equal((false, new QueueControls(null, null, null)), (head.Paused, head.Controls));
    }

    [Fact]
    public async Task MarkUnacknowledgedAsync_EndedAndOpenJob_MarksOnlyTheEndedJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("ended"), Now);
        await AddAsync(Job("open"));
        await _store.MarkAcknowledgedAsync(_queue, new JobId("ended"), Token);
        Assert.Empty(await _store.UnacknowledgedEndsAsync(_queue, null, 10, Token));

        await _store.MarkUnacknowledgedAsync(_queue, new JobId("ended"), Token);
        await _store.MarkUnacknowledgedAsync(_queue, new JobId("open"), Token);

        Assert.Equal(
            [new UnacknowledgedEnd(new JobId("ended"), null, JobState.Failed, "boom")],
            await _store.UnacknowledgedEndsAsync(_queue, null, 10, Token));
        Assert.True((await _store.FindStoredAsync(_queue, new JobId("open"), Token))!.Value.Acknowledged);
    }

    [Fact]
    public async Task CountEndedAsync_OpenAndEndedJobs_CountsEndedJobsByState()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndManyAsync(epoch, [Job("a"), Job("b"), Job("c")], JobOutcomeKind.Completed, Now);
        await EndManyAsync(epoch, [Job("d"), Job("e")], JobOutcomeKind.FailedForGood, Now);
        await AddAsync(Job("f"), Job("g"));
        await CommitAsync(_store.Change(_queue, epoch, [_state.Actions.Cancel(new JobId("f"), Now).Change!.Value]));

        Assert.Equal(new EndedCounts(3, 2, 1), await _store.CountEndedAsync(_queue, Token));
    }

    [Fact]
    public async Task Delete_EndNotAcknowledged_KeepsTheJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("untold"), Now);
        await EndAsync(epoch, Job("told"), Now);
        await _store.MarkAcknowledgedAsync(_queue, new JobId("told"), Token);

        await CommitAsync(_store.Delete(_queue, epoch, [new JobId("told"), new JobId("untold")]));

        Assert.Equal(["untold"], (await _store.UnacknowledgedEndsAsync(_queue, null, 10, Token)).Select(end => end.Id.Value));
        Assert.Null(await _store.FindAsync(_queue, new JobId("told"), Token));
    }

    [Fact]
    public async Task Delete_EndNotStored_KeepsTheJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("open"));

        await CommitAsync(_store.Delete(_queue, epoch, [new JobId("open")]));

        Assert.NotNull(await _store.FindAsync(_queue, new JobId("open"), Token));
    }

    [Fact]
    public async Task UnacknowledgedEndsAsync_MoreThanAPage_ReturnsEachOnce()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndManyAsync(epoch, [.. Enumerable.Range(0, 5).Select(i => Job($"{i}"))], JobOutcomeKind.FailedForGood, Now);

        var first = await _store.UnacknowledgedEndsAsync(_queue, null, 2, Token);
        var second = await _store.UnacknowledgedEndsAsync(_queue, first[^1].Id, 2, Token);
        var last = await _store.UnacknowledgedEndsAsync(_queue, second[^1].Id, 2, Token);

        Assert.Equal("01234", string.Concat(first.Concat(second).Concat(last).Select(end => end.Id.Value)));
    }

    [Fact]
    public async Task Change_StopRequestOfARun_IsLoadedWithItsRow()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("free"), Job("cancelled"), Job("removed"));
        _state.Runs.Poll("w", ++_poll, [], Now);
        await CommitAsync(_store.Change(_queue, epoch, _state.Take("w", 3, _poll, Now).Changes));

        await CommitAsync(_store.Change(
            _queue,
            epoch,
            [
                _state.Actions.Cancel(new("cancelled"), Now).Change!.Value,
                _state.Actions.Cancel(new("removed"), Now, StopRequest.Remove).Change!.Value,
            ]));

        var rows = await _store.LoadAsync(_queue, 0, Token).ToListAsync(Token);
        Assert.Equal(
            [("cancelled", StopRequest.Cancel), ("free", StopRequest.None), ("removed", StopRequest.Remove)],
            rows.OrderBy(row => row.Id.Value, StringComparer.Ordinal).Select(row => (row.Id.Value, row.Stop)));
        Assert.All(rows, row => Assert.Equal((JobState.Active, "w"), (row.State, row.LeaseWorker)));
    }

    [Fact]
    public async Task Pack_StoredAndRemoved_IsTheOldestInBetween()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await CommitAsync(_store.Pack(_queue, epoch, new JobPack("b", [(Job("b"), 2)])));
        await CommitAsync(_store.Pack(_queue, epoch, new JobPack("a", [(Job("a"), 1)])));

        var oldest = (await _store.OldestPackAsync(_queue, Token))!;
        await CommitAsync(new(_store.RemovePack(_queue, "a"), _store.RemovePack(_queue, "b")));

        Assert.Equal(("a", (Job("a"), 1L)), (oldest.Id, oldest.Jobs.Single()));
        Assert.Null(await _store.OldestPackAsync(_queue, Token));
        await _store.RaiseEpochAsync(_queue, Token);
        await Assert.ThrowsAsync<StaleWriterException>(() => CommitAsync(_store.Pack(_queue, epoch, new JobPack("c", [(Job("c"), 3)]))));
    }
}
