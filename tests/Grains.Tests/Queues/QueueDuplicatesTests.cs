using Dapper;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>An id or a key stays claimed while its job is open, and for its window afterwards.</summary>
public sealed class QueueDuplicatesTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_SameIdWhileWaiting_IsADuplicateWithTheSamePosition()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var job = new NewJob("same", "{}") { Id = new JobId("same-id") };

        var first = await cluster.AddAsync(job, Token);
        var second = await cluster.AddAsync(job, Token);

        Assert.Equal((false, true), (first.IsDuplicate, second.IsDuplicate));
        Assert.Equal((first.Id, JobState.Waiting, 1), (second.Id, second.State, second.Position));
        await EndAsync(cluster, first.Id);
    }

    [Fact]
    public async Task AddAsync_SameKey_ReturnsTheFirstJobAlsoAfterAMove()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var first = await cluster.AddAsync(new NewJob("key", "{}") { DedupKey = "moved-key" }, Token);

        await cluster.MoveAsync();
        var second = await cluster.AddAsync(new NewJob("key", "{}") { DedupKey = "moved-key" }, Token);

        Assert.Equal((first.Id, true, JobState.Waiting), (second.Id, second.IsDuplicate, second.State));
        await EndAsync(cluster, first.Id);
    }

    [Fact]
    public async Task AddAsync_ConcurrentCallsWithOneKey_AddOneJob()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var job = new NewJob("race", "{}") { DedupKey = "race-key" };

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.AddAsync(job, Token)));

        Assert.Single(added, one => !one.IsDuplicate);
        Assert.Single(added.Select(one => one.Id).Distinct());
        Assert.Equal(1, (await cluster.Queue.GetAsync(Token)).Waiting);
        await EndAsync(cluster, added[0].Id);
    }

    [Fact]
    public async Task AddAsync_SameKeyTwiceInOneCall_IsADuplicateOfTheFirst()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);

        var added = await cluster.Intake.AddAsync(
            [new NewJob("one", "{}") { DedupKey = "twice" }, new NewJob("other", "{}"), new NewJob("two", "{}") { DedupKey = "twice" }],
            Token);

        Assert.Equal([false, false, true], added.Select(one => one.IsDuplicate));
        Assert.Equal((added[0].Id, 1), (added[2].Id, added[2].Position));
        await EndAsync(cluster, added[0].Id, added[1].Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddAsync_AfterTheEnd_ReturnsTheFinalStateEvenIfTheRowWasDeleted(bool moves)
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("No."));
        var job = new NewJob("ends", "{}") { Id = new JobId($"ended-{moves}") };
        var first = await cluster.AddAsync(job, Token);
        await cluster.WaitForEndAsync(first.Id, Token);
        await UntilClaimEndedAsync(cluster, $"id:{first.Id}");

        await store.Writes.CommitAsync(new WriteUnit(new Statement("delete from jobs where id = @id", ("id", first.Id.Value))), Token);
        if (moves)
            await cluster.MoveAsync();
        var again = await cluster.AddAsync(job, Token);

        Assert.Equal((first.Id, true, JobState.Failed), (again.Id, again.IsDuplicate, again.State));
        Assert.Single(cluster.Processor.Runs);
    }

    [Fact]
    public async Task AddAsync_WindowExpired_ReplacesTheOldJob()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var job = new NewJob("window", "{}") { Id = new JobId("windowed"), DedupWindow = TimeSpan.FromSeconds(5) };
        var first = await cluster.AddAsync(job, Token);
        await cluster.WaitForEndAsync(first.Id, Token);
        Assert.True((await cluster.AddAsync(job, Token)).IsDuplicate);

        AddedJob? second = null;
        await cluster.Cluster.UntilAsync(
            async () => !(second = await cluster.AddAsync(job with { Payload = "[2]" }, Token)).IsDuplicate, "the claim's end", Token);

        Assert.Equal(first.Id, second!.Id);
        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(second.Id, Token));
        Assert.Equal(["{}", "[2]"], cluster.Processor.Runs.Select(run => run.Job.Payload));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddAsync_KeyOfAJobRetriedByHand_IsHeldWhileThatJobIsOpen(bool isClaimDeleted)
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("No."));
        var job = new NewJob("retried", "{}") { DedupKey = $"retried-{isClaimDeleted}", DedupWindow = TimeSpan.FromSeconds(5) };
        var first = await cluster.AddAsync(job, Token);
        await cluster.WaitForEndAsync(first.Id, Token);
        await UntilClaimEndedAsync(cluster, $"key:{job.DedupKey}");
        if (isClaimDeleted)
            await cluster.Cluster.UntilAsync(async () => await ClaimsAsync(first.Id) == 0, "the claim's row is deleted", Token);

        await cluster.Queue.PauseAsync(Token);
        await cluster.Admin.RetryJobAsync(first.Id, Token);
        await Task.Delay(TimeSpan.FromSeconds(10), cluster.Cluster.Clock, Token);
        var again = await cluster.AddAsync(job, Token);

        Assert.Equal((first.Id, true, JobState.Waiting), (again.Id, again.IsDuplicate, again.State));
        await EndAsync(cluster, first.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddAsync_KeyOfADeletedJob_IsFreeAfterItsWindow(bool isDrained)
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var job = new NewJob("removed", "{}") { DedupKey = $"removed-{isDrained}", DedupWindow = TimeSpan.FromSeconds(20) };
        var first = await cluster.AddAsync(job, Token);

        if (isDrained)
            await cluster.Admin.DrainAsync(delayed: false, Token);
        else
            await cluster.Admin.RemoveJobAsync(first.Id, Token);
        var second = await cluster.AddAsync(job, Token);
        AddedJob? third = null;
        await cluster.Cluster.UntilAsync(async () => !(third = await cluster.AddAsync(job, Token)).IsDuplicate, "the claim's end", Token);

        Assert.Equal((first.Id, true, JobState.Cancelled), (second.Id, second.IsDuplicate, second.State));
        await EndAsync(cluster, third!.Id);
    }

    [Fact]
    public async Task AddAsync_NeitherIdNorKey_ClaimsNothing()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);

        var added = await cluster.AddAsync(new NewJob("plain", "{}"), Token);
        await cluster.WaitForEndAsync(added.Id, Token);

        Assert.Equal(0, await ClaimsAsync(added.Id));
    }

    [Fact]
    public async Task AddAsync_MaxJobsInOneCall_FitIntoOneUnit()
    {
        await using var cluster = await QueueCluster.StartAsync(
            store, Token, options => (options.StartsPerSecond, options.ConcurrencyPerSilo) = (100_000, 100));
        NewJob Job(int i) => new("bulk", "{}") { Id = new JobId($"bulk-{i}"), DedupKey = $"bulk-{i}", DedupWindow = TimeSpan.Zero };
        var jobs = Enumerable.Range(0, IQueueIntakeGrain.MaxJobs).Select(Job).ToArray();

        var first = await cluster.Intake.AddAsync([.. jobs], Token);
        await cluster.Cluster.UntilAsync(async () => await cluster.Queue.GetAsync(Token) is { Waiting: 0, Active: 0 }, "all ended", Token);
        var again = Array.Empty<AddedJob>();
        await cluster.Cluster.UntilAsync(
            async () => (again = [.. await cluster.Intake.AddAsync([.. jobs], Token)]).Any(job => !job.IsDuplicate), "free ids", Token);

        Assert.All(first, job => Assert.False(job.IsDuplicate));
        Assert.Equal(first.Select(job => job.Id), again.Select(job => job.Id));
    }

    private async Task<long> ClaimsAsync(JobId id)
    {
        await using var connection = await store.Database.OpenAsync(Token);
        return await connection.ExecuteScalarAsync<long>("select count(*) from job_claims where job_id = @id", new { id = id.Value });
    }

    private Task UntilClaimEndedAsync(QueueCluster cluster, string claim) => cluster.Cluster.UntilAsync(
        async () =>
        {
            await using var connection = await store.Database.OpenAsync(Token);
            return await connection.ExecuteScalarAsync<long?>(
                "select until from job_claims where claim = @claim", new { claim }) is not null;
        },
        $"the end of {claim}",
        Token);

    private static async Task EndAsync(QueueCluster cluster, params JobId[] ids)
    {
        foreach (var id in ids)
            await cluster.Queue.CancelAsync(id, Token);
        await cluster.Queue.ResumeAsync(Token);
    }
}
