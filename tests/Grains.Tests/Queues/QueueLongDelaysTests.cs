using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Jobs that are due later than the longest timer can wait.</summary>
public sealed class QueueLongDelaysTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_DueInSixtyDays_DoesNotBlockOtherJobs()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var finish = new TaskCompletionSource<JobOutcome>();
        cluster.Processor.Script = (run, _) => run.Job.Name == "running" ? finish.Task : Task.FromResult(JobOutcome.Completed);
        var running = await cluster.AddAsync(new NewJob("running", "{}"), Token);
        await cluster.Cluster.UntilAsync(() => Task.FromResult(cluster.Processor.Runs.Count == 1), "the first runs", Token);

        var later = await cluster.AddAsync(new NewJob("later", "{}") { Delay = TimeSpan.FromDays(60) }, Token);
        var beside = await cluster.AddAsync(new NewJob("beside", "{}"), Token);
        finish.SetResult(JobOutcome.Completed);

        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(beside.Id, Token));
        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(running.Id, Token));
        Assert.Equal(JobState.Delayed, (await cluster.Queue.GetJobStatusAsync(later.Id, Token))!.State);
    }

    [Fact]
    public async Task Snooze_MaxTimeSpan_KeepsTheQueueRunningAndTheJobListed()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (run, _) =>
            Task.FromResult(run.Job.Name == "snoozes" ? JobOutcome.Snooze(TimeSpan.MaxValue) : JobOutcome.Completed);
        var snoozed = await cluster.AddAsync(new NewJob("snoozes", "{}"), Token);
        await cluster.Cluster.UntilAsync(async () => (await cluster.Queue.GetAsync(Token)).Delayed == 1, "it is snoozed", Token);

        var beside = await cluster.AddAsync(new NewJob("beside", "{}"), Token);

        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(beside.Id, Token));
        var page = await cluster.Queries.JobsAsync(ScriptedProcessor.Name, JobState.Delayed, null, new(100, null), Token);
        Assert.Equal(snoozed.Id, Assert.Single(page.Items).Id);
    }
}
