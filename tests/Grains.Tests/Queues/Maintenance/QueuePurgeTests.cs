using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Completion;
using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Maintenance;

public sealed class QueuePurgeTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task DrainAsync_WaitingAndDelayedJob_RemovesTheDelayedOneOnDemand(bool delayed) => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var waiting = await queue.AddAsync();
        var later = await queue.AddAsync(new NewJob("later", "{}") { Delay = TimeSpan.FromHours(1) });

        await queue.Parts.Purge.DrainAsync(delayed);

        Assert.Null(await queue.StoredAsync(waiting));
        Assert.Equal(delayed, await queue.StoredAsync(later) is null);
        Assert.Equal(delayed ? 0 : 1, queue.Parts.Context.State.OpenCount);
    });

    [Fact]
    public Task DrainAsync_WriteFails_RetiresBecauseMemoryAndStoreMayDiffer() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store, listener: new RecordingListener());
        await queue.StoredAsync(await queue.AddAsync());
        queue.IsFailing = true;

        await Assert.ThrowsAnyAsync<Exception>(() => queue.Parts.Purge.DrainAsync(delayed: true));

        Assert.Equal(1, queue.Deactivations);
    });

    [Fact]
    public Task CleanAsync_CompletedJob_DeletesItAfterTheGracePeriod() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store, listener: new RecordingListener());
        await queue.AddAsync();
        var job = await queue.CompleteNextAsync();
        await queue.Parts.Context.Store.MarkAcknowledgedAsync(TestQueue.Name, job, Token);

        Assert.Empty(await queue.Parts.Purge.CleanAsync(JobState.Completed, TimeSpan.FromSeconds(1), 10));
        queue.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([job], await queue.Parts.Purge.CleanAsync(JobState.Completed, TimeSpan.FromSeconds(1), 10));

        Assert.Null(await queue.StoredAsync(job));
    });

    [Fact]
    public Task ObliterateAsync_ActiveJobWithoutForce_IsRejected() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        await queue.PollAsync();

        var error = await Assert.ThrowsAsync<JubileeException>(() => queue.Parts.Purge.ObliterateAsync(force: false, Token));

        Assert.Equal(ErrorCode.JobStateConflict, error.Code);
        Assert.True(queue.Parts.Context.IsOpen(job));
    });

    [Fact]
    public Task ObliterateAsync_ActiveJobWithForce_StopsItAndDeletesItsRowAtItsEnd() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        var grant = (await queue.PollAsync()).Grants.Single();
        var poll = queue.PollAsync(1, new HeldLease(job, grant.Lease));

        await queue.Parts.Purge.ObliterateAsync(force: true, Token);

        Assert.Equal(job, (await poll).Revoked.Single().Id);
        await queue.Parts.Dispatcher.ReportAsync([new JobReport(job, grant.Lease, JobOutcomeKind.Cancelled)]);
        await queue.Parts.Recorder.DeleteAfterEndAsync(job);
        Assert.Null(await queue.StoredAsync(job));
    });
}
