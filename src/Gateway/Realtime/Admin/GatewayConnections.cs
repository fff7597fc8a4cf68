using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Id">Identifies this run of the gateway.</param>
/// <param name="Name">The gateway's machine and port.</param>
/// <param name="Users">The number of distinct users of these connections.</param>
/// <param name="ByTransport">Null for a gateway of a version that does not report it.</param>
internal sealed record GatewayConnections(
    GatewayId Id, string Name, bool Draining, int Connections, int Users, ConnectionsByTransport? ByTransport)
{
    public static GatewayConnections From(GatewayRegistration gateway) => new(
        gateway.Id,
        gateway.Name,
        gateway.IsDraining,
        gateway.Connections,
        gateway.Users,
        gateway.ByTransport is { } counts ? ConnectionsByTransport.From(counts) : null);
}
