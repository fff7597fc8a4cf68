using JubileeVerse.Queues.State;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Queues;

/// <summary>A silo with a queue of its own, whose runs a test scripts.</summary>
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

    public IQueueIntake Intake => Cluster.Grains.GetGrain<IQueueIntake>(ScriptedProcessor.Name);

    public IQueueAdmin Admin => Cluster.Grains.GetGrain<IQueueAdmin>(ScriptedProcessor.Name);

    public IQueueQueries Queries => Cluster.Grains.GetGrain<IQueueQueries>(0);

    public static async Task<QueueCluster> StartAsync(
        StoreFixture store, CancellationToken cancellationToken, QueueOptions? options = null, ScriptedProcessor? processor = null, short silos = 1,
        Action<IServiceCollection>? configure = null)
    {
        processor ??= new ScriptedProcessor();
        await store.ForgetQueuesAsync(cancellationToken);
        var cluster = await JubileeCluster.StartAsync(
            store,
            services =>
            {
                services.AddSingleton(new QueueDefinition(ScriptedProcessor.Name, _ => options ?? new QueueOptions()));
                services.AddSingleton<IJobProcessor>(processor);
                configure?.Invoke(services);
            },
            silos,
            cancellationToken: cancellationToken);
        // Where a grain may go is decided by what each silo knows of the others.
        await cluster.Silos.WaitForLivenessToStabilizeAsync();
        return new QueueCluster(cluster, processor);
    }

    public async Task<AddedJob> AddAsync(NewJob job, CancellationToken cancellationToken) =>
        (await Intake.AddAsync([job], cancellationToken)).Single();

    /// <summary>The state that the job ends in, however often it has to be asked: a wait for it is answered after its time in any case.</summary>
    public async Task<JobState> EndOfAsync(JobId id, CancellationToken cancellationToken)
    {
        JobState? state = null;
        await Cluster.UntilAsync(
            async () => (state = await Intake.WaitAsync(id, cancellationToken)) is { } known && !JobStateMachine.IsOpen(known), $"the end of {id}", cancellationToken);
        return state!.Value;
    }

    /// <summary>The queue goes, and comes up from what is stored with the next call.</summary>
    public Task MoveAsync() => Cluster.DeactivateAsync(Queue);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
