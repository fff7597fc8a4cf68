using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

internal sealed record GatewayResponse(
    GatewayId Id, string Name, string Version, DateTimeOffset StartedAt, bool Draining, int Connections, int Users)
{
    public static GatewayResponse From(GatewayRegistration gateway) => new(
        gateway.Id, gateway.Name, gateway.Version, gateway.StartedAt, gateway.IsDraining, gateway.Connections, gateway.Users);
}
