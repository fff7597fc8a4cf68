using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <param name="Id">This run of the gateway.</param>
/// <param name="Name">Its machine and port.</param>
/// <param name="Draining">It is on its way out.</param>
/// <param name="Connections">Live ones.</param>
/// <param name="Users">The people behind them.</param>
/// <param name="ByTransport">Null from a gateway of a version that does not say.</param>
internal sealed record ConnectionsOfGateway(
    GatewayId Id, string Name, bool Draining, int Connections, int Users, ConnectionsByTransport? ByTransport)
{
    public static ConnectionsOfGateway Of(GatewayRegistration gateway) => new(
        gateway.Id,
        gateway.Name,
        gateway.IsDraining,
        gateway.Connections,
        gateway.Users,
        gateway.ByTransport is { } counts ? ConnectionsByTransport.Of(counts) : null);
}
