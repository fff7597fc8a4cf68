using System.Globalization;
using Dapper;
using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Schedules;

/// <summary>Recurring jobs, in a cluster whose clock runs fast.</summary>
public sealed class QueueSchedulesTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UpsertAsync_Interval_JobsRecurOnTimeEvenIfTheyFail()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("No."));

        var view = await Schedules(cluster).UpsertAsync(Every("beat") with { Limit = 4 }, Token);
        await UntilRunsAsync(cluster, 4);

        var due = cluster.Processor.Runs.Select(DueOf).ToArray();
        Assert.Equal(due.Select(at => new JobId($"beat:{at}")), cluster.Processor.Runs.Select(run => run.Job.Id));
        Assert.Equal(view.NextAt!.Value.ToUnixTimeMilliseconds(), due[0]);
        Assert.All(due, at => Assert.Equal(0, (at - due[0]) % (long)Period.TotalMilliseconds));
        Assert.Equal(due.Distinct().Order(), due);
        await cluster.Cluster.UntilAsync(
            async () => await Schedules(cluster).FindAsync("beat", Token) is { NextAt: null, CreatedJobs: 4 }, "the limit", Token);
        Assert.True(await Schedules(cluster).RemoveAsync("beat", Token));
    }

    [Fact]
    public async Task UpsertAsync_CronWithSeconds_Recurs()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);

        await Schedules(cluster).UpsertAsync(new Schedule("cron", new NewJob("cron", "{}")) { Cron = "*/5 * * * * *" }, Token);
        await UntilRunsAsync(cluster, 3);
        await Schedules(cluster).RemoveAsync("cron", Token);

        Assert.All(cluster.Processor.Runs, run => Assert.Equal(0, run.Job.ReadyAt!.Value % 5_000));
    }

    [Fact]
    public async Task UpsertAsync_ExistingSchedule_KeepsOneScheduleAndOnePendingJob()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var schedule = Hourly("twice");

        var first = await Schedules(cluster).UpsertAsync(schedule, Token);
        var same = await Schedules(cluster).UpsertAsync(schedule, Token);
        var changed = await Schedules(cluster).UpsertAsync(schedule with { Job = new NewJob("other", "{}") }, Token);

        Assert.Equal(first, same);
        Assert.Equal("other", changed.Schedule.Job.Name);
        Assert.Equal("other", Assert.Single(await OpenAsync()));
        Assert.Equal(1, (await cluster.Queue.GetAsync(Token)).Delayed);
        Assert.Equal(changed, Assert.Single(await Schedules(cluster).ListAsync(Token)));
        await Schedules(cluster).RemoveAsync("twice", Token);
    }

    [Fact]
    public async Task UpsertAsync_SameScheduleAfterAMove_IsUnchanged()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var schedule = Hourly("moved") with
        {
            Until = cluster.Cluster.Clock.GetUtcNow().AddDays(30),
            Job = new NewJob("full", "{}")
            {
                UserId = "u",
                Timeout = TimeSpan.FromSeconds(3),
                KeepFailed = new KeepRule(5, TimeSpan.FromHours(1)),
            },
        };
        var first = await Schedules(cluster).UpsertAsync(schedule, Token);

        await cluster.MoveAsync();

        Assert.Equal(first, await Schedules(cluster).UpsertAsync(schedule, Token));
        await Schedules(cluster).RemoveAsync("moved", Token);
    }

    [Fact]
    public async Task RemoveAsync_PendingJob_IsDeletedWithItsSchedule()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var view = await Schedules(cluster).UpsertAsync(Hourly("gone"), Token);

        Assert.True(await Schedules(cluster).RemoveAsync("gone", Token));
        Assert.False(await Schedules(cluster).RemoveAsync("gone", Token));

        Assert.Null(await cluster.Queries.FindAsync(ScriptedProcessor.Name, view.NextJob!.Value, Token));
        Assert.Equal(0, (await cluster.Queue.GetAsync(Token)).Delayed);
        await cluster.MoveAsync();
        Assert.Empty(await Schedules(cluster).ListAsync(Token));
    }

    [Fact]
    public async Task Schedule_QueueWasInactive_RunsOnceAndContinues()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        await Schedules(cluster).UpsertAsync(Every("away"), Token);
        await cluster.Queue.PauseAsync(Token);
        await cluster.MoveAsync();
        await Task.Delay(10 * Period, cluster.Cluster.Clock, Token);
        var missed = cluster.Processor.Runs.Count;
        await cluster.Queue.ResumeAsync(Token);
        await UntilRunsAsync(cluster, missed + 3);

        var due = cluster.Processor.Runs.Skip(missed).Select(DueOf).Take(2).ToArray();
        Assert.True(due[1] - due[0] >= 9 * Period.TotalMilliseconds, $"Due at {due[0]} and {due[1]}: what was missed was made up for.");
        await Schedules(cluster).RemoveAsync("away", Token);
    }

    /// <summary>No conversation created the job, so it has no owner to notify of its end.</summary>
    [Fact]
    public async Task Schedule_OnTheReplyQueue_ItsJobFailsAndCanBeRemoved()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var replies = cluster.Cluster.Grains.GetGrain<IQueueSchedulesGrain>(QueueNames.AiResponse);

        var job = (await replies.UpsertAsync(Every("stray") with { Limit = 1 }, Token)).NextJob!.Value;
        await cluster.Cluster.UntilAsync(
            async () => (await cluster.Queries.FindAsync(QueueNames.AiResponse, job, Token))?.State == JobState.Failed, "the end", Token);
        await cluster.Cluster.Grains.GetGrain<IQueueAdminGrain>(QueueNames.AiResponse).RemoveJobAsync(job, Token);

        Assert.Null(await cluster.Queries.FindAsync(QueueNames.AiResponse, job, Token));
        await replies.RemoveAsync("stray", Token);
    }

    /// <summary>As after a restart, nobody calls the queue but its workers.</summary>
    [Fact]
    public async Task Start_RegisteredQueue_IsActivatedByItsWorkers()
    {
        await using var cluster = await QueueCluster.StartAsync(
            store, Token, configure: services => services.AddQueue<ScriptedProcessor>("unused"));

        await cluster.Cluster.FindHostAsync(cluster.Cluster.Grains.GetGrain<IQueueGrain>("unused"), Token);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancel-by-hand")]
    [InlineData("remove")]
    [InlineData("drain")]
    [InlineData("obliterate")]
    public async Task Schedule_PendingJobCancelledOrDeleted_Continues(string action)
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var first = await Schedules(cluster).UpsertAsync(Hourly("cancelled"), Token);

        var job = first.NextJob!.Value;
        await (action switch
        {
            "cancel" => cluster.Queue.CancelAsync(job, Token),
            "cancel-by-hand" => cluster.Admin.CancelJobAsync(job, Token),
            "remove" => cluster.Admin.RemoveJobAsync(job, Token),
            "drain" => cluster.Admin.DrainAsync(delayed: true, Token),
            _ => (Task)cluster.Admin.ObliterateAsync(force: false, Token),
        });
        ScheduleView? next = null;
        await cluster.Cluster.UntilAsync(
            async () => (next = await Schedules(cluster).FindAsync("cancelled", Token))?.CreatedJobs == 2, "the next job", Token);

        Assert.Equal(first.NextAt + TimeSpan.FromHours(1), next!.NextAt);
        await Schedules(cluster).RemoveAsync("cancelled", Token);
    }

    [Fact]
    public async Task Schedule_QueueCrashedBeforeCreatingTheNextJob_Continues()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var first = await Schedules(cluster).UpsertAsync(Hourly("lost"), Token);
        await store.Writes.CommitAsync(
            new WriteUnit(new Statement(
                "update jobs set state = 'completed', ended_at = accepted_at where id = @id", ("id", first.NextJob!.Value.Value))),
            Token);

        await cluster.MoveAsync();

        var next = await Schedules(cluster).FindAsync("lost", Token);
        Assert.Equal((2, first.NextAt + TimeSpan.FromHours(1)), (next!.CreatedJobs, next.NextAt));
        await Schedules(cluster).RemoveAsync("lost", Token);
    }

    [Fact]
    public async Task UpsertAsync_InvalidJobOrScheduleWithoutANextRun_IsRefused()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var wrong = Hourly("wrong") with { Job = new NewJob("", "{}") };
        var never = new Schedule("never", new NewJob("never", "{}")) { Cron = "0 0 30 2 *" };

        Assert.Equal("job.name", (await Assert.ThrowsAsync<JubileeException>(() => Schedules(cluster).UpsertAsync(wrong, Token))).Field);
        Assert.Equal("cron", (await Assert.ThrowsAsync<JubileeException>(() => Schedules(cluster).UpsertAsync(never, Token))).Field);

        Assert.Empty(await Schedules(cluster).ListAsync(Token));
    }

    private static IQueueSchedulesGrain Schedules(QueueCluster cluster) =>
        cluster.Cluster.Grains.GetGrain<IQueueSchedulesGrain>(ScriptedProcessor.Name);

    private static Schedule Every(string id) => new(id, new NewJob(id, "{}")) { Every = Period };

    private static Schedule Hourly(string id) => new(id, new NewJob(id, "{}")) { Every = TimeSpan.FromHours(1) };

    /// <summary>The due time in the id, because a job that was read from the store has no due time any more.</summary>
    private static long DueOf(JobRun run) => long.Parse(run.Job.Id.Value.Split(':')[1], CultureInfo.InvariantCulture);

    private static Task UntilRunsAsync(QueueCluster cluster, int runs) =>
        cluster.Cluster.UntilAsync(() => Task.FromResult(cluster.Processor.Runs.Count >= runs), $"{runs} runs", Token);

    private async Task<IEnumerable<string>> OpenAsync()
    {
        await using var connection = await store.Database.OpenAsync(Token);
        return await connection.QueryAsync<string>("select name from jobs where ended_at is null");
    }
}
