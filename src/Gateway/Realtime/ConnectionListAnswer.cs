using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Realtime;

/// <param name="Connections">Over all gateways.</param>
/// <param name="Users">The sum of the gateways': a person who is connected to two of them counts at each.</param>
/// <param name="Gateways">Oldest first.</param>
internal sealed record ConnectionListAnswer(int Connections, int Users, ImmutableArray<ConnectionsOfGateway> Gateways);
