using JubileeVerse.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>One silo over a store of its own, with a clock that stands still until a test moves it.</summary>
/// <param name="store">Made and removed with the cluster.</param>
/// <param name="configure">Adds the slices under test; the store is there, migrated.</param>
public abstract class StoreCluster(StoreFixture store, Action<ISiloBuilder> configure) : IAsyncLifetime
{
    /// <summary>Of real time, for the silo's start, stop and moves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private InProcessTestCluster? _cluster;

    public StoreFixture Store => store;

    /// <summary>Begins at the present, because the cluster's own membership compares with other clocks.</summary>
    public StandingTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IGrainFactory Grains => Cluster.Client;

    public IServiceProvider SiloServices => Cluster.GetSiloServiceProvider(Cluster.Silos[0].SiloAddress);

    private InProcessTestCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not been started.");

    /// <summary>The next call to the grain activates it anew.</summary>
    public Task DeactivateAsync(IAddressable grain) => Cluster.DeactivateAsync(grain).WaitAsync(Patience);

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
            silo.Services.AddStorage(silo.Configuration);
            configure(silo);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync(CancellationToken.None).WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_cluster is not null)
            await _cluster.DisposeAsync().AsTask().WaitAsync(Patience);
        await store.DisposeAsync();
    }
}
