using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Maintenance;

public sealed class QueueMaintenanceTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Start_StoredJobWithoutOffer_TakesItIn() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var now = queue.Parts.Context.NowMs();
        await store.Writes.CommitAsync(new WriteUnit(JobStatements.Insert(TestJobs.Job("lost", now))), Token);
        var poll = queue.PollAsync();

        queue.Parts.Maintenance.Start(now, Token);

        Assert.Equal(new JobId("lost"), (await poll).Grants.Single().Job.Id);
    });

    /// <summary>Each tick starts the maintenance; the throttle of the sweep limits how often it reads the table.</summary>
    [Fact]
    public Task Start_Again_SweepsOnlyAfterThePeriod() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        await store.Writes.CommitAsync(
            new WriteUnit(JobStatements.Insert(TestJobs.Job("first", queue.Parts.Context.NowMs()))), Token);
        queue.Parts.Maintenance.Start(queue.Parts.Context.NowMs(), Token);
        await queue.CompleteNextAsync();
        await store.Writes.CommitAsync(
            new WriteUnit(JobStatements.Insert(TestJobs.Job("lost", queue.Parts.Context.NowMs()))), Token);

        var poll = queue.PollAsync();
        queue.Parts.Maintenance.Start(queue.Parts.Context.NowMs(), Token);
        queue.Time.Advance(TimeSpan.FromSeconds(4));
        queue.Parts.Maintenance.Start(queue.Parts.Context.NowMs(), Token);
        Assert.Empty((await poll).Grants);

        poll = queue.PollAsync();
        queue.Time.Advance(TimeSpan.FromSeconds(1));
        queue.Parts.Maintenance.Start(queue.Parts.Context.NowMs(), Token);
        Assert.Equal(new JobId("lost"), (await poll).Grants.Single().Job.Id);
    });
}
