using JubileeVerse.Grains.Tests.Queues.Completion;
using JubileeVerse.Grains.Tests.Queues.Store;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>The sweep of the table after the queue has loaded.</summary>
public sealed class QueueSweepTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_InsertOfAnEarlierActivationCommittedAfterTheLoad_IsStarted()
    {
        var processor = new ScriptedProcessor();
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services
                .AddSingleton(processor)
                .AddQueue<ScriptedProcessor>(ScriptedProcessor.Name)
                .AddSingleton(provider => LateInsert.Wrap(
                    ActivatorUtilities.CreateInstance<SqlJobStore>(provider),
                    table => InsertAsync(table, provider.GetRequiredService<TimeProvider>()))),
            cancellationToken: Token);

        await cluster.UntilAsync(() => Task.FromResult(processor.Runs.Count > 0), "the job runs", Token);

        Assert.Equal("late", Assert.Single(processor.Runs).Job.Id.Value);
    }

    [Fact]
    public async Task Sweep_ListenerNeverReturns_Continues()
    {
        var unacknowledged = TestJobs.Job("untold") with { Queue = ScriptedProcessor.Name };
        await store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(unacknowledged),
                new Statement(
                    "update jobs set state = 'failed', ended_at = 1, told = false where id = @id", ("id", unacknowledged.Id.Value))),
            Token);
        var processor = new ScriptedProcessor();
        var listener = new RecordingListener { Result = new TaskCompletionSource().Task };
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services
                .AddSingleton(processor)
                .AddQueue<ScriptedProcessor>(ScriptedProcessor.Name)
                .AddSingleton<IJobListener>(listener)
                .AddSingleton(provider => LateInsert.Wrap(
                    ActivatorUtilities.CreateInstance<SqlJobStore>(provider),
                    table => InsertAsync(table, provider.GetRequiredService<TimeProvider>(), "beside"))),
            cancellationToken: Token);

        await cluster.UntilAsync(() => Task.FromResult(processor.Runs.Count > 0), "the job runs", Token);

        Assert.Equal("beside", Assert.Single(processor.Runs).Job.Id.Value);
        Assert.Equal(unacknowledged.Id, Assert.Single(listener.Ends).Id);
    }

    private Task InsertAsync(IJobStore table, TimeProvider time, string id = "late")
    {
        var now = time.NowMs();
        var job = TestJobs.Job(id, acceptedAt: now) with { Queue = ScriptedProcessor.Name };
        return store.Writes.CommitAsync(table.Insert(ScriptedProcessor.Name, [(job, now)]), Token);
    }
}
