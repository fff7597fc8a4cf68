using JubileeVerse.Queues.Store;
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

    private Task InsertAsync(IJobStore table, TimeProvider time)
    {
        var now = time.NowMs();
        var job = TestJobs.Job("late", acceptedAt: now) with { Queue = ScriptedProcessor.Name };
        return store.Writes.CommitAsync(table.Insert(ScriptedProcessor.Name, [(job, now)]), Token);
    }
}
