using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The store, asked by way of a silo: so it says of the cluster, too, that it is reached.</summary>
internal sealed class StorageProbe(IGrainFactory grains) : IHealthProbe
{
    public string Name => "storage";

    public bool IsVital => true;

    public Task CheckAsync(CancellationToken cancellationToken) =>
        grains.GetGrain<IOperationsQueries>(0).PingStorageAsync(cancellationToken);
}
