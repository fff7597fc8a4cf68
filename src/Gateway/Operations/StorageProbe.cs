using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Checks the store through a silo, and so also that the cluster can be reached.</summary>
internal sealed class StorageProbe(IGrainFactory grains) : IHealthProbe
{
    public string Name => "storage";

    public bool IsVital => true;

    public Task CheckAsync(CancellationToken cancellationToken) =>
        grains.GetGrain<IOperationsQueriesGrain>(0).PingStorageAsync(cancellationToken);
}
