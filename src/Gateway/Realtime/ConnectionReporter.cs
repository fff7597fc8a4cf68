using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Who is connected, over all gateways: as each said with its last heartbeat, and of this one as it is now.</summary>
internal sealed class ConnectionReporter(IGrainFactory grains, GatewayIdentity identity, LiveConnections connections)
{
    public async Task<ConnectionListAnswer> ReportAsync(CancellationToken cancellationToken)
    {
        var listed = await grains.GetGrain<IGatewayDirectory>(0).ListAsync(cancellationToken);
        var gateways = listed.Select(gateway => ConnectionsOfGateway.Of(gateway.Id == identity.Id ? Now(gateway) : gateway)).ToImmutableArray();
        return new ConnectionListAnswer(gateways.Sum(gateway => gateway.Connections), gateways.Sum(gateway => gateway.Users), gateways);
    }

    private GatewayRegistration Now(GatewayRegistration gateway)
    {
        var count = connections.Count();
        return gateway with { Connections = count.Connections, Users = count.Users, ByTransport = connections.CountByTransport() };
    }
}
