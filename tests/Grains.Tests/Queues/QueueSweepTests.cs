using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Queues;

/// <summary>What a queue finds in its table after it has loaded.</summary>
public sealed class QueueSweepTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_InsertOfTheFormerActivationCommittedAfterTheLoad_IsStarted()
    {
        var processor = new ScriptedProcessor();
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services
                .AddSingleton(new QueueDefinition(ScriptedProcessor.Name, _ => new QueueOptions()))
                .AddSingleton<IJobProcessor>(processor)
                .AddSingleton(provider => LateInsert.Over(
                    ActivatorUtilities.CreateInstance<SqlJobStore>(provider),
                    table => InsertAsync(table, provider.GetRequiredService<TimeProvider>()))),
            cancellationToken: Token);

        await cluster.UntilAsync(() => Task.FromResult(processor.Runs.Count > 0), "the job runs", Token);

        Assert.Equal("late", Assert.Single(processor.Runs).Job.Id.Value);
    }

    [Fact]
    public async Task Sweep_AnEndIsToldToOneWhoDoesNotAnswer_GoesOn()
    {
        var untold = TestJobs.Job("untold") with { Queue = ScriptedProcessor.Name };
        await store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(untold),
                new Statement("update jobs set state = 'failed', ended_at = 1, told = false where id = @id", ("id", untold.Id.Value))),
            Token);
        var processor = new ScriptedProcessor();
        var listener = new RecordingListener { Answer = new TaskCompletionSource().Task };
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services
                .AddSingleton(new QueueDefinition(ScriptedProcessor.Name, _ => new QueueOptions()))
                .AddSingleton<IJobProcessor>(processor)
                .AddSingleton<IJobListener>(listener)
                .AddSingleton(provider => LateInsert.Over(
                    ActivatorUtilities.CreateInstance<SqlJobStore>(provider),
                    table => InsertAsync(table, provider.GetRequiredService<TimeProvider>(), "beside"))),
            cancellationToken: Token);

        await cluster.UntilAsync(() => Task.FromResult(processor.Runs.Count > 0), "the job runs", Token);

        Assert.Equal("beside", Assert.Single(processor.Runs).Job.Id.Value);
        Assert.Equal(untold.Id, Assert.Single(listener.Ends).Id);
    }

    private Task InsertAsync(IJobStore table, TimeProvider time, string id = "late")
    {
        var now = time.NowMs();
        var job = TestJobs.Job(id, acceptedAt: now) with { Queue = ScriptedProcessor.Name };
        return store.Writes.CommitAsync(table.Insert(ScriptedProcessor.Name, [(job, now)]), Token);
    }
}
