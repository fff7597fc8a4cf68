using System.Collections.Immutable;
using Orleans.Placement;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// The directory in which gateways register with each heartbeat. It is in memory only: after a move it is empty until the next heartbeats.
/// Silos tolerate this because they keep the outboxes of the gateways they know.
/// </summary>
[GrainType("gateway-directory"), RandomPlacement, Immovable]
internal sealed class GatewayDirectoryGrain(TimeProvider time) : Grain, IGatewayDirectoryGrain
{
    private readonly GatewayRegistry _registry = new(time);

    public Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken)
    {
        _registry.Register(gateway);
        return Task.CompletedTask;
    }

    public Task UnregisterAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        _registry.Unregister(gateway);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(_registry.List());
}
