using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Dispatch;

public sealed class QueueDispatcherTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task PollAsync_WaitingJob_GrantsItWithItsPayload() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync(new NewJob("job", """{"a":1}"""));

        var grant = (await queue.PollAsync()).Grants.Single();

        Assert.Equal((job, """{"a":1}""", 1), (grant.Job.Id, grant.Job.Payload, grant.Attempt));
        Assert.Equal(JobState.Active, queue.Parts.Context.StatusOf(job)!.State);
        Assert.Equal(1, queue.Parts.Dispatcher.Workers.Single().Running);
    });

    [Fact]
    public Task PollAsync_JobIsAddedLater_GrantsItToTheWaitingPoll() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var poll = queue.PollAsync();

        var job = await queue.AddAsync();

        Assert.Equal(job, (await poll).Grants.Single().Job.Id);
    });

    [Fact]
    public Task PollAsync_NoJob_ReturnsEmptyAfterTheTimeout() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var poll = queue.PollAsync();

        queue.Time.Advance(TimeSpan.FromMilliseconds(1749));
        Assert.False(poll.IsCompleted);
        queue.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty((await poll).Grants);
    });

    [Fact]
    public Task PollAsync_PartialPollOfUnknownWorker_RequestsAFullPoll() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        await queue.AddAsync();

        var result = await queue.Parts.Dispatcher.PollAsync(
            new WorkerPoll(TestQueue.Worker, 1, 1, [], null) { IsPartial = true }, Token);

        Assert.True(result.NeedsFullPoll);
        Assert.Empty(result.Grants);
    });

    [Fact]
    public Task PollAsync_QueueIsStopped_ReturnsAtOnceWithoutGrants() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        await queue.AddAsync();
        queue.Parts.Lifetime.Stop();

        Assert.Empty((await queue.PollAsync()).Grants);
    });

    /// <summary>
    /// A job that survived a restart may have crashed its process, so its start is stored before the job is granted.
    /// </summary>
    [Fact]
    public Task PollAsync_JobOfAFormerActivation_StoresItsStartFirst() => GrainScheduler.RunAsync(async () =>
    {
        var former = await TestQueue.ActivateAsync(store);
        var job = await former.AddAsync();
        await using var queue = await former.MoveAsync(store);

        var grant = (await queue.PollAsync()).Grants.Single();

        Assert.Equal(job, grant.Job.Id);
        Assert.Equal(JobState.Active, (await queue.StoredAsync(job))!.State);
    });

    [Fact]
    public Task ReportAsync_CurrentAndOtherLease_StoresTheResultOfTheCurrentOne() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        var grant = (await queue.PollAsync()).Grants.Single();

        var accepted = await queue.Parts.Dispatcher.ReportAsync(
        [
            new JobReport(job, new JobLease(grant.Lease.Epoch, 99), JobOutcomeKind.FailedForGood),
            new JobReport(job, grant.Lease, JobOutcomeKind.Completed),
        ]);

        Assert.Equal([false, true], accepted);
        Assert.Equal(JobState.Completed, (await queue.StoredAsync(job))!.State);
    });

    [Fact]
    public Task ReleaseDeadWorkers_SiloIsDeclaredDead_ReturnsItsJobsToTheBacklog() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        await queue.PollAsync();
        queue.Membership.Set(TestQueue.Worker, SiloStatus.Dead);

        queue.Parts.Dispatcher.ReleaseDeadWorkers(queue.Parts.Context.NowMs());

        Assert.Equal(JobState.Waiting, queue.Parts.Context.StatusOf(job)!.State);
        Assert.Empty(queue.Parts.Dispatcher.Workers);
    });
}
