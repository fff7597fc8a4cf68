using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Adding jobs to a queue that stores them itself.</summary>
public sealed class QueueIntakeTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_ManyJobs_ReturnsAndStartsThemInOrder()
    {
        await using var cluster = await QueueCluster.StartAsync(
            store, Token, options => (options.ConcurrencyPerSilo, options.StartsPerSecond) = (1, 1000));
        await cluster.Queue.PauseAsync(Token);

        var added = await cluster.Intake.AddAsync(
            [.. Enumerable.Range(0, 20).Select(i => new NewJob($"order-{i}", "{}") { UserId = $"user-{i}" })], Token);
        await cluster.Queue.ResumeAsync(Token);
        await cluster.WaitForEndAsync(added[^1].Id, Token);

        Assert.Equal(Enumerable.Range(1, 20), added.Select(job => job.Position!.Value));
        Assert.All(added, job => Assert.Equal((JobState.Waiting, false), (job.State, job.IsDuplicate)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"order-{i}"), cluster.Processor.JobNames);
    }

    [Fact]
    public async Task AddAsync_OneInvalidJob_AddsNone()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);

        var fault = await Assert.ThrowsAsync<JubileeException>(
            () => cluster.Intake.AddAsync([new NewJob("good", "{}"), new NewJob("bad", "{}") { Priority = 11 }], Token));

        Assert.Equal("jobs[1].priority", fault.Field);
        var page = await cluster.Queries.JobsAsync(ScriptedProcessor.Name, null, null, new(100, null), Token);
        Assert.DoesNotContain(page.Items, job => job.Name == "good");
    }

    [Fact]
    public async Task AddAsync_OverMaxOpen_RefusesAllAndDoesNotCountDuplicates()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token, options => options.MaxOpen = 2);
        await cluster.Queue.PauseAsync(Token);
        var mine = new NewJob("mine", "{}") { Id = new JobId("fit-1") };
        await cluster.AddAsync(mine, Token);

        var refused = await Assert.ThrowsAsync<JubileeException>(
            () => cluster.Intake.AddAsync([new NewJob("a", "{}"), new NewJob("b", "{}")], Token));
        var added = await cluster.Intake.AddAsync([mine, new NewJob("c", "{}")], Token);
        var again = await cluster.AddAsync(mine, Token);

        Assert.Equal(ErrorCode.QueueFull, refused.Code);
        Assert.Equal([true, false], added.Select(job => job.IsDuplicate));
        Assert.True(again.IsDuplicate);
        Assert.Equal(2, (await cluster.Queue.GetAsync(Token)).Waiting);
        foreach (var job in added)
            await cluster.Queue.CancelAsync(job.Id, Token);
        await cluster.Queue.ResumeAsync(Token);
    }

    [Fact]
    public async Task AddAsync_Delayed_StartsAfterTheDelayAndNotBefore()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var startedAt = 0L;
        cluster.Processor.Script = (_, _) =>
        {
            startedAt = cluster.Cluster.Clock.NowMs();
            return Task.FromResult(JobOutcome.Completed);
        };

        var before = cluster.Cluster.Clock.NowMs();
        var added = await cluster.AddAsync(new NewJob("later", "{}") { Delay = TimeSpan.FromSeconds(10) }, Token);
        var ended = await cluster.Intake.WaitAsync(added.Id, Token);

        Assert.Equal((JobState.Delayed, (int?)null), (added.State, added.Position));
        Assert.Equal(JobState.Completed, ended);
        Assert.True(startedAt - before >= 10_000, $"Started {startedAt - before} ms after it was added.");
    }

    [Fact]
    public async Task AddAsync_QueueMoves_KeepsTheJobs()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.AddAsync(new NewJob("moved", """{"a":1}""") { UserId = "u", Attempts = 2 }, Token);

        await cluster.MoveAsync();
        await cluster.Queue.ResumeAsync(Token);

        Assert.Equal(JobState.Completed, await cluster.Intake.WaitAsync(added.Id, Token));
        var run = Assert.Single(cluster.Processor.Runs);
        Assert.Equal(("""{"a":1}""", "u", 2), (run.Job.Payload, run.Job.UserId, run.Job.Attempts));
    }

    [Fact]
    public async Task WaitAsync_FailedAndUnknownJob_ReturnsTheStateAndNull()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("No."));

        var added = await cluster.AddAsync(new NewJob("fails", "{}"), Token);

        Assert.Equal(JobState.Failed, await cluster.Intake.WaitAsync(added.Id, Token));
        Assert.Equal(JobState.Failed, await cluster.Intake.WaitAsync(added.Id, Token));
        Assert.Null(await cluster.Intake.WaitAsync(new JobId("nobody"), Token));
    }

    [Fact]
    public async Task WaitAsync_JobDoesNotEnd_ReturnsItsStateAfterTheTimeLimit()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);

        var added = await cluster.AddAsync(new NewJob("waits", "{}"), Token);

        Assert.Equal(JobState.Waiting, await cluster.Intake.WaitAsync(added.Id, Token));
        await cluster.Queue.CancelAsync(added.Id, Token);
        await cluster.Queue.ResumeAsync(Token);
    }

    [Fact]
    public async Task WaitAsync_QueueLeavesItsSilo_ReturnsAtOnce()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token, silos: 2);
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.AddAsync(new NewJob("stays", "{}"), Token);
        var before = cluster.Cluster.Clock.NowMs();
        var waiting = cluster.Intake.WaitAsync(added.Id, Token);
        var host = await cluster.Cluster.FindHostAsync(cluster.Queue, Token);

        Assert.True(await cluster.Queue.LeaveAsync(host.ToParsableString()));

        Assert.Equal(JobState.Waiting, await waiting);
        Assert.InRange(cluster.Cluster.Clock.NowMs() - before, 0, 24_000);
        await cluster.Queue.CancelAsync(added.Id, Token);
        await cluster.Queue.ResumeAsync(Token);
    }

    [Fact]
    public async Task WaitAsync_AnotherWaitTimesOut_StillReturnsTheFinalState()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.AddAsync(new NewJob("shared", "{}"), Token);

        var first = cluster.Intake.WaitAsync(added.Id, Token);
        await Task.Delay(TimeSpan.FromSeconds(15), cluster.Cluster.Clock, Token);
        var second = cluster.Intake.WaitAsync(added.Id, Token);
        Assert.Equal(JobState.Waiting, await first);
        await cluster.Queue.ResumeAsync(Token);

        Assert.Equal(JobState.Completed, await second);
    }
}
