using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Schedules;

public sealed class QueueSchedulerTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly Schedule Beat = new("beat", new NewJob("beat", "{}")) { Every = Period };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task AddNextAfter_PendingJobStarts_AddsOneNextJob() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var first = await queue.Parts.Scheduler.UpsertAsync(Beat, Token);
        Assert.Equal(JobState.Delayed, queue.Parts.Context.StatusOf(first.NextJob!.Value)!.State);

        queue.Time.Advance(first.NextAt!.Value - queue.Time.GetUtcNow());
        Assert.Equal(first.NextJob!.Value, await queue.CompleteNextAsync());

        // The change of the schedule waits for the lock, so the next job is added before it.
        var next = await queue.Parts.Scheduler.UpsertAsync(Beat, Token);
        Assert.Equal(first.NextAt + Period, next.NextAt);
        Assert.Equal(JobState.Delayed, queue.Parts.Context.StatusOf(next.NextJob!.Value)!.State);
        Assert.Equal(1, queue.Parts.Context.State.OpenCount);
    });

    [Fact]
    public Task RemoveAsync_PendingJob_IsRemovedWithTheSchedule() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var view = await queue.Parts.Scheduler.UpsertAsync(Beat, Token);

        Assert.True(await queue.Parts.Scheduler.RemoveAsync("beat", Token));
        Assert.False(await queue.Parts.Scheduler.RemoveAsync("beat", Token));

        Assert.Empty(queue.Parts.Scheduler.All);
        Assert.Null(queue.Parts.Context.StatusOf(view.NextJob!.Value));
        Assert.Null(await queue.StoredAsync(view.NextJob!.Value));
    });

    /// <summary>The former activation stored the start of the pending job and stopped before it added the next one.</summary>
    [Fact]
    public Task LoadAsync_PendingJobNoLongerExists_AddsTheNextOne() => GrainScheduler.RunAsync(async () =>
    {
        var former = await TestQueue.ActivateAsync(store);
        var view = await former.Parts.Scheduler.UpsertAsync(Beat, Token);
        await store.Writes.CommitAsync(new WriteUnit(new Statement("delete from jobs")), Token);
        await using var queue = await former.MoveAsync(store);

        var next = queue.Parts.Scheduler.Find("beat")!;

        Assert.Equal(view.NextAt + Period, next.NextAt);
        Assert.Equal(JobState.Delayed, queue.Parts.Context.StatusOf(next.NextJob!.Value)!.State);
    });
}
