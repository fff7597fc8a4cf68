using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The cluster: some silo answers and counts at least one active.</summary>
internal sealed class ClusterProbe(IGrainFactory grains) : IHealthProbe
{
    public string Name => "cluster";

    public bool IsVital => true;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var active = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken);
        if (active.Count == 0)
            throw new InvalidOperationException("No silo is active.");
    }
}
