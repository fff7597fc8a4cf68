using System.Collections.Immutable;

namespace JubileeVerse.Realtime.Presence;

/// <summary>
/// One user's connections by gateway, as each gateway last reported them. Not thread-safe: it belongs to one grain, which is
/// single-threaded.
/// </summary>
/// <remarks>
/// A gateway reports all its connections each time, so the last report replaces the one before, and a lost call is repaired by the next.
/// Calls may arrive in any order, so each has a generation, and a generation lower than the known one is ignored. A gateway without
/// connections is kept because its generation must be known.
/// </remarks>
internal sealed class UserConnectionRegistry
{
    /// <summary>
    /// More gateways than a grain meets in the longest life of an activation, however often gateways are replaced. At the limit, gateways
    /// without connections are removed.
    /// </summary>
    public const int MaxGateways = 1000;

    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    /// <summary>The number of connections over all gateways.</summary>
    public int Count => _gateways.Values.Sum(entry => entry.Connections.Length);

    /// <summary>All connections with their gateways, oldest first.</summary>
    public ImmutableArray<HostedConnection> Connections =>
    [
        .. _gateways
            .SelectMany(gateway => gateway.Value.Connections.Select(connection => new HostedConnection(gateway.Key, connection)))
            .OrderBy(hosted => hosted.Connection.ConnectedAt)
            .ThenBy(hosted => hosted.Connection.Id, StringComparer.Ordinal),
    ];

    /// <summary>Returns false when the call arrived late and was ignored.</summary>
    public bool Attach(GatewayId gateway, long generation, ImmutableArray<UserConnection> connections)
    {
        if (_gateways.TryGetValue(gateway, out var known) && generation < known.Generation)
            return false;

        if (known is null && _gateways.Count >= MaxGateways)
            RemoveEmptyGateways();
        _gateways[gateway] = new Entry(generation, connections.IsDefault ? [] : connections);
        return true;
    }

    /// <summary>Returns false when the call arrived late and was ignored.</summary>
    public bool Detach(GatewayId gateway, long generation) => Attach(gateway, generation, []);

    /// <summary>Removes an unreachable gateway with its connections. Returns false when the gateway was not known.</summary>
    public bool RemoveGateway(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>The oldest connections above the limit.</summary>
    public ImmutableArray<HostedConnection> GetExcess(int maxConnections)
    {
        var connections = Connections;
        return connections.Length <= maxConnections ? [] : connections[..^maxConnections];
    }

    private void RemoveEmptyGateways()
    {
        foreach (var (gateway, entry) in _gateways)
        {
            if (entry.Connections.IsEmpty)
                _gateways.Remove(gateway);
        }
    }

    private sealed record Entry(long Generation, ImmutableArray<UserConnection> Connections);
}
