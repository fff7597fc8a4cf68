using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

/// <summary>A stop request for a running job is kept when its queue moves.</summary>
public sealed class QueueStopRequestsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private readonly TaskCompletionSource<JobOutcome> _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_ActiveJobAndQueueMoves_IsNotRetried(bool byHand)
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var job = await StartAsync(cluster);

        if (byHand)
            await cluster.Admin.CancelJobAsync(job, Token);
        else
            await cluster.Queue.CancelAsync(job, Token);
        await cluster.MoveAsync();
        _finish.SetResult(JobOutcome.Failed("No."));

        Assert.Equal(JobState.Cancelled, await cluster.WaitForEndAsync(job, Token));
        Assert.Single(cluster.Processor.Runs);
    }

    [Fact]
    public async Task Cancel_ActiveJobThatStillCompletes_IsCompleted()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var job = await StartAsync(cluster);

        await cluster.Admin.CancelJobAsync(job, Token);
        await cluster.MoveAsync();
        _finish.SetResult(JobOutcome.Completed);

        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(job, Token));
    }

    [Fact]
    public async Task ObliterateAsync_ActiveJobAndQueueMoves_DeletesItsRowWhenItEnds()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var job = await StartAsync(cluster);

        await cluster.Admin.ObliterateAsync(force: true, Token);
        await cluster.MoveAsync();
        _finish.SetResult(JobOutcome.Completed);

        await cluster.Cluster.UntilAsync(
            async () => await cluster.Queries.FindAsync(ScriptedProcessor.Name, job, Token) is null, "the row is deleted", Token);
        Assert.Single(cluster.Processor.Runs);
    }

    [Fact]
    public async Task ObliterateAsync_QueueCrashedBetweenEndAndDeletion_StillDeletesTheRow()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var job = TestJobs.Job("left-over") with { Queue = ScriptedProcessor.Name };
        await store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(job),
                new Statement(
                    "update jobs set state = 'completed', ended_at = @now, stop_request = 'remove' where id = @id",
                    ("now", cluster.Cluster.Clock.NowMs()),
                    ("id", job.Id.Value))),
            Token);

        await cluster.MoveAsync();
        await cluster.Queue.GetAsync(Token);

        await cluster.Cluster.UntilAsync(
            async () => await cluster.Queries.FindAsync(ScriptedProcessor.Name, job.Id, Token) is null, "the row is deleted", Token);
    }

    /// <summary>Starts a job whose run ignores its cancellation token.</summary>
    private async Task<JobId> StartAsync(QueueCluster cluster)
    {
        cluster.Processor.Script = (_, _) => _finish.Task;
        var job = await cluster.AddAsync(new NewJob("runs", "{}") { BackoffDelay = TimeSpan.Zero }, Token);
        await cluster.Cluster.UntilAsync(() => Task.FromResult(cluster.Processor.Runs.Count == 1), "it runs", Token);
        return job.Id;
    }
}
