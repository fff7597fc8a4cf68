using JubileeVerse.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>One silo over its own store, with a clock that stands still until a test moves it.</summary>
/// <param name="store">It is created and removed with the cluster.</param>
/// <param name="configure">Adds the slices under test; the store exists and is migrated.</param>
public abstract class StoreCluster(StoreFixture store, Action<ISiloBuilder> configure) : IAsyncLifetime
{
    /// <summary>Real time, for the silo's start and stop and for deactivations.</summary>
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(60);

    private InProcessTestCluster? _cluster;

    public StoreFixture Store => store;

    /// <summary>Starts at the current time, because the cluster's membership compares it with other clocks.</summary>
    public ManualTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IGrainFactory Grains => Cluster.Client;

    public IServiceProvider SiloServices => Cluster.GetSiloServiceProvider(Cluster.Silos[0].SiloAddress);

    private InProcessTestCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not been started.");

    /// <summary>Deactivates the grain; the next call activates it again.</summary>
    public Task DeactivateAsync(IAddressable grain) => Cluster.DeactivateAsync(grain).WaitAsync(OperationTimeout);

    public async ValueTask InitializeAsync()
    {
        await store.InitializeAsync();
        if (store.Missing is not null)
            return;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddConfiguration(store.Configuration));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddStorage();
            configure(silo);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync(CancellationToken.None).WaitAsync(OperationTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_cluster is not null)
            await _cluster.DisposeAsync().AsTask().WaitAsync(OperationTimeout);
        await store.DisposeAsync();
    }
}
