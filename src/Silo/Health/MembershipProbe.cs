using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Silo.Health;

/// <summary>Checks that this silo is active in the cluster, because only an active silo receives grains and calls of gateways.</summary>
internal sealed class MembershipProbe(IClusterMembershipService membership, ILocalSiloDetails silo) : IHealthProbe
{
    public string Name => "membership";

    public bool IsVital => true;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return status == SiloStatus.Active
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException($"This silo's status in the cluster is {status}."));
    }
}
