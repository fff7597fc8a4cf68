using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>A queue whose jobs are added in bulk, so that they are packed and have no rows at first.</summary>
public sealed class QueuePacksTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Count = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_QueueMovesMeanwhile_RunsEachJobOnce()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var added = await AddAsync(cluster);
        await cluster.MoveAsync();

        await cluster.Queue.ResumeAsync(Token);
        foreach (var job in added)
            Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(job.Id, Token));

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"packed-{i}").Order(), cluster.Processor.JobNames.Order());
    }

    [Fact]
    public async Task PageAsync_PackedJobs_ReturnsAll()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        await AddAsync(cluster);

        var page = await cluster.Queries.JobsAsync(ScriptedProcessor.Name, JobState.Waiting, null, new(100, null), Token);

        Assert.Equal(Count, page.Items.Length);
    }

    [Fact]
    public async Task DrainAsync_PackedJobs_DeletesThemForGood()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var added = await AddAsync(cluster);

        await cluster.Cluster.Grains.GetGrain<IQueueAdminGrain>(ScriptedProcessor.Name).DrainAsync(delayed: false, Token);
        await cluster.MoveAsync();

        Assert.Equal(0, (await cluster.Queue.GetAsync(Token)).Waiting);
        Assert.Null(await cluster.Queries.FindAsync(ScriptedProcessor.Name, added[0].Id, Token));
    }

    [Fact]
    public async Task Log_PackedJob_IsStored()
    {
        await using var cluster = await StartAsync();
        cluster.Processor.Script = (run, _) =>
        {
            if (run.Job.Name == "packed-0")
                run.Log($"ran {run.Job.Name}");
            return Task.FromResult(JobOutcome.Completed);
        };

        var added = await AddAsync(cluster);
        await cluster.WaitForEndAsync(added[0].Id, Token);

        Assert.Equal(["ran packed-0"], (await cluster.Queries.FindAsync(ScriptedProcessor.Name, added[0].Id, Token))!.Log);
    }

    /// <summary>The start of a job that kills its process at once must be counted, or the job would do so forever.</summary>
    [Fact]
    public async Task PollAsync_JobFromBeforeARestart_IsGrantedAfterItsStartIsStored()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.AddAsync(new NewJob("restored", "{}"), Token);
        await cluster.MoveAsync();
        var rows = new List<(JobState State, int Starts)>();
        cluster.Processor.Script = async (run, _) =>
        {
            var row = await cluster.Queries.FindAsync(ScriptedProcessor.Name, run.Job.Id, Token);
            rows.Add((row!.State, row.StartedCount));
            return JobOutcome.Completed;
        };

        await cluster.Queue.ResumeAsync(Token);
        await cluster.WaitForEndAsync(added.Id, Token);

        Assert.Equal([(JobState.Active, 1)], rows);
    }

    private Task<QueueCluster> StartAsync() =>
        QueueCluster.StartAsync(store, Token, options => (options.ConcurrencyPerSilo, options.StartsPerSecond) = (100, 1000));

    private static async Task<IReadOnlyList<AddedJob>> AddAsync(QueueCluster cluster) =>
        await cluster.Intake.AddAsync([.. Enumerable.Range(0, Count).Select(i => new NewJob($"packed-{i}", "{}"))], Token);
}
