using System.Collections.Immutable;
using Orleans.Placement;

namespace JubileeVerse.Realtime;

/// <summary>
/// Where gateways say that they live. Memory only: after a move it is empty until their next heartbeats, which silos bear because
/// they keep the ways to gateways that they know.
/// </summary>
[GrainType("gateway-directory"), RandomPlacement, Immovable]
internal sealed class GatewayDirectory(TimeProvider time) : Grain, IGatewayDirectory
{
    private readonly GatewayRoll _roll = new(time);

    public Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken)
    {
        _roll.Register(gateway);
        return Task.CompletedTask;
    }

    public Task LeaveAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        _roll.Leave(gateway);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(_roll.List());
}
