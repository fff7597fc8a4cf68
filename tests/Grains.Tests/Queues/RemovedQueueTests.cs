using Dapper;
using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Paging;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>What is stored for a queue that this release does not register.</summary>
public sealed class RemovedQueueTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const string Removed = "removed";
    private const int Packed = 20;

    /// <summary>Longer than all periods of maintenance, in the cluster's time.</summary>
    private static readonly TimeSpan SeveralMaintenances = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoredJobs_QueueNotRegistered_StayAndAreNotRunUntilItIsRegisteredAgain()
    {
        await store.ClearQueuesAsync(Token);
        await StoreJobsAsync();
        var stored = await RowsAsync();

        await using (var cluster = await StartAsync(_ => { }))
        {
            var conversation = await cluster.StartConversationAsync(Token);
            var reply = await conversation.UntilEndedAsync((await conversation.AskAsync("Go", Token)).Id, Token);
            Assert.Equal(ReplyStatus.Completed, reply.Status);
            await Task.Delay(SeveralMaintenances, cluster.Clock, Token).WaitAsync(Token);

            Assert.Equal([QueueNames.AiResponse], await Queries(cluster).NamesAsync(Token));
            Assert.NotEmpty((await JobsAsync(cluster, QueueNames.AiResponse)).Items);
            await cluster.Grains.GetGrain<IQueueAdminGrain>(QueueNames.AiResponse)
                .CleanAsync(JobState.Completed, TimeSpan.Zero, 1000, Token);
            var thrown = await Assert.ThrowsAsync<JubileeException>(() => JobsAsync(cluster, Removed));
            Assert.Equal(ErrorCode.NotFound, thrown.Code);
            Assert.DoesNotContain(
                await cluster.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(null, null, Token),
                grain => grain.GrainId == cluster.Grains.GetGrain<IQueueGrain>(Removed).GetGrainId());
        }

        Assert.Equal(stored, await RowsAsync());

        var processor = new ScriptedProcessor();
        await using var again = await StartAsync(services => services.AddSingleton(processor).AddQueue<ScriptedProcessor>(Removed));
        Assert.Equal(Packed + 2, (await JobsAsync(again, Removed)).Items.Length);
        await again.Grains.GetGrain<IQueueGrain>(Removed).ResumeAsync(Token);
        await again.UntilAsync(() => Task.FromResult(processor.Runs.Count == Packed), "all waiting jobs have run", Token);
    }

    [Fact]
    public async Task AddAsync_QueueNotRegistered_IsRefusedAndStoresNothing()
    {
        await using var cluster = await StartAsync(_ => { });

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => cluster.Grains.GetGrain<IQueueIntakeGrain>("unknown").AddAsync([new NewJob("job", "{}")], Token));

        await using var connection = await store.Database.OpenAsync(Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from queues where name = 'unknown'"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from jobs where queue = 'unknown'"));
    }

    /// <summary>Stores waiting, delayed and cancelled jobs of a paused queue, with a schedule and a claim.</summary>
    private async Task StoreJobsAsync()
    {
        await using var cluster = await StartAsync(services => services.AddQueue<ScriptedProcessor>(Removed));
        await cluster.Grains.GetGrain<IQueueGrain>(Removed).PauseAsync(Token);
        var intake = cluster.Grains.GetGrain<IQueueIntakeGrain>(Removed);
        await intake.AddAsync([.. Enumerable.Range(0, Packed).Select(_ => new NewJob("waits", "{}"))], Token);
        var cancelled = (await intake.AddAsync([new NewJob("cancelled", "{}") { DedupKey = "once" }], Token)).Single();
        await cluster.Grains.GetGrain<IQueueAdminGrain>(Removed).CancelJobAsync(cancelled.Id, Token);
        await cluster.Grains.GetGrain<IQueueSchedulesGrain>(Removed)
            .UpsertAsync(new Schedule("hourly", new NewJob("recurs", "{}")) { Every = TimeSpan.FromHours(1) }, Token);
    }

    private async Task<(int Jobs, int Open, int Packs, int Claims, int Schedules)> RowsAsync()
    {
        await using var connection = await store.Database.OpenAsync(Token);
        return (
            await CountAsync("jobs where queue"), await CountAsync("jobs where ended_at is null and queue"),
            await CountAsync("job_packs where queue"), await CountAsync("job_claims where queue"),
            await CountAsync("job_schedules where queue"));

        Task<int> CountAsync(string rows) => connection.ExecuteScalarAsync<int>($"select count(*) from {rows} = '{Removed}'");
    }

    private Task<JubileeCluster> StartAsync(Action<IServiceCollection> configure) => JubileeCluster.StartAsync(
        store,
        services =>
        {
            services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Said.")));
            configure(services);
        },
        cancellationToken: Token);

    private static IQueueQueriesGrain Queries(JubileeCluster cluster) => cluster.Grains.GetGrain<IQueueQueriesGrain>(0);

    private static Task<Page<JobView>> JobsAsync(JubileeCluster cluster, string queue) =>
        Queries(cluster).JobsAsync(queue, null, null, new PageRequest(100, null), Token);
}
