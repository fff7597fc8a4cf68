using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>A test cluster with one more queue, whose runs the test scripts.</summary>
internal sealed class QueueCluster : IAsyncDisposable
{
    private QueueCluster(JubileeCluster cluster, ScriptedProcessor processor)
    {
        Cluster = cluster;
        Processor = processor;
    }

    public JubileeCluster Cluster { get; }

    public ScriptedProcessor Processor { get; }

    public IQueueGrain Queue => Cluster.Grains.GetGrain<IQueueGrain>(ScriptedProcessor.Name);

    public IQueueIntakeGrain Intake => Cluster.Grains.GetGrain<IQueueIntakeGrain>(ScriptedProcessor.Name);

    public IQueueAdminGrain Admin => Cluster.Grains.GetGrain<IQueueAdminGrain>(ScriptedProcessor.Name);

    public IQueueQueriesGrain Queries => Cluster.Grains.GetGrain<IQueueQueriesGrain>(0);

    public static async Task<QueueCluster> StartAsync(
        StoreFixture store,
        CancellationToken cancellationToken,
        Action<QueueOptions>? options = null,
        ScriptedProcessor? processor = null,
        short silos = 1,
        Action<IServiceCollection>? configure = null)
    {
        processor ??= new ScriptedProcessor();
        await store.ClearQueuesAsync(cancellationToken);
        var cluster = await JubileeCluster.StartAsync(
            store,
            services =>
            {
                services.AddSingleton(processor).AddQueue<ScriptedProcessor>(ScriptedProcessor.Name, options);
                configure?.Invoke(services);
            },
            silos,
            cancellationToken: cancellationToken);
        // Placement depends on what each silo knows of the others, so the membership must be stable before the test.
        await cluster.Silos.WaitForLivenessToStabilizeAsync();
        return new QueueCluster(cluster, processor);
    }

    public async Task<AddedJob> AddAsync(NewJob job, CancellationToken cancellationToken) =>
        (await Intake.AddAsync([job], cancellationToken)).Single();

    /// <summary>
    /// Waits for the end of a job and returns its final state. It repeats the wait, because one call of the queue returns after a time
    /// limit even if the job is still open.
    /// </summary>
    public async Task<JobState> WaitForEndAsync(JobId id, CancellationToken cancellationToken)
    {
        JobState? state = null;
        await Cluster.UntilAsync(
            async () => (state = await Intake.WaitAsync(id, cancellationToken)) is { } known && !JobStateMachine.IsOpen(known),
            $"the end of {id}",
            cancellationToken);
        return state!.Value;
    }

    /// <summary>Deactivates the queue; the next call activates it from its stored state.</summary>
    public Task MoveAsync() => Cluster.DeactivateAsync(Queue);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
