using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Operations;

public sealed class JobOperationsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task CancelAsync_WaitingJobTwice_IsStoredOnce() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();

        Assert.Equal(JobState.Cancelled, (await queue.Parts.Jobs.CancelAsync(job)).State);
        Assert.Equal(JobState.Cancelled, (await queue.Parts.Jobs.CancelAsync(job)).State);
        Assert.False(await queue.Parts.Jobs.TryCancelAsync(job));
    });

    [Fact]
    public Task TryCancelAsync_ActiveJob_CompletesTheWaitingPollOfItsWorker() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        var grant = (await queue.PollAsync()).Grants.Single();
        var poll = queue.PollAsync(1, new HeldLease(job, grant.Lease));

        Assert.True(await queue.Parts.Jobs.TryCancelAsync(job));

        Assert.Equal(job, (await poll).Revoked.Single().Id);
        Assert.Equal(JobState.Active, queue.Parts.Context.StatusOf(job)!.State);
    });

    [Fact]
    public Task PromoteAsync_WaitingJob_IsRejected() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();

        var error = await Assert.ThrowsAsync<JubileeException>(() => queue.Parts.Jobs.PromoteAsync(job));

        Assert.Equal((ErrorCode.JobStateConflict, "The job is waiting: only a delayed job can be promoted."), (error.Code, error.Message));
    });

    [Fact]
    public Task PromoteAsync_DelayedJob_IsGrantedToTheWaitingPoll() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync(new NewJob("later", "{}") { Delay = TimeSpan.FromHours(1) });
        var poll = queue.PollAsync();

        await queue.Parts.Jobs.PromoteAsync(job);

        Assert.Equal(job, (await poll).Grants.Single().Job.Id);
    });

    [Fact]
    public Task RetryAsync_FailedJob_WaitsAgainWithAllItsAttempts() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        var grant = (await queue.PollAsync()).Grants.Single();
        await queue.Parts.Dispatcher.ReportAsync([new JobReport(job, grant.Lease, JobOutcomeKind.FailedForGood, "No.")]);

        Assert.Equal(JobState.Waiting, (await queue.Parts.Jobs.RetryAsync(job, Token)).State);

        Assert.Equal(1, (await queue.PollAsync()).Grants.Single().Attempt);
    });

    [Fact]
    public Task RemoveAsync_WaitingJob_DeletesItsRow() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();

        Assert.Equal(job, (await queue.Parts.Jobs.RemoveAsync(job, Token)).Id);

        Assert.Null(await queue.StoredAsync(job));
        var error = await Assert.ThrowsAsync<JubileeException>(() => queue.Parts.Jobs.RemoveAsync(job, Token));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    });
}
