using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Admin;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Presence;

/// <summary>Counts the connections of all gateways: each gateway's last heartbeat, and the current numbers of this gateway.</summary>
internal sealed class ConnectionReporter(IGrainFactory grains, GatewayIdentity identity, LiveConnections connections)
{
    public async Task<ConnectionListResponse> ReportAsync(CancellationToken cancellationToken)
    {
        var listed = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAsync(cancellationToken);
        var gateways = listed
            .Select(gateway => gateway.Id == identity.Id ? WithCurrentCounts(gateway) : gateway)
            .Select(GatewayConnections.From)
            .ToImmutableArray();
        return new ConnectionListResponse(gateways.Sum(gateway => gateway.Connections), gateways.Sum(gateway => gateway.Users), gateways);
    }

    private GatewayRegistration WithCurrentCounts(GatewayRegistration gateway)
    {
        var count = connections.Count();
        return gateway with { Connections = count.Connections, Users = count.Users, ByTransport = connections.CountByTransport() };
    }
}
