using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Connections">The sum over all gateways.</param>
/// <param name="Users">The sum over all gateways; a user who is connected to two gateways counts twice.</param>
/// <param name="Gateways">All gateways, the oldest first.</param>
internal sealed record ConnectionListResponse(int Connections, int Users, ImmutableArray<GatewayConnections> Gateways);
