using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Checks that a silo responds and that the membership contains at least one active silo.</summary>
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
