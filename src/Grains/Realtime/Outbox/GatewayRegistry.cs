using System.Collections.Immutable;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>The gateways whose lease has not expired. Not thread-safe: it belongs to one grain, which is single-threaded.</summary>
internal sealed class GatewayRegistry(TimeProvider time)
{
    /// <summary>A gateway without a heartbeat for this long has expired: three heartbeats.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Far more than a cluster has; at the limit, the gateway with the oldest last heartbeat is removed.</summary>
    public const int MaxGateways = 1000;

    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    public void Register(GatewayRegistration gateway)
    {
        RemoveExpired();
        if (_gateways.Count >= MaxGateways && !_gateways.ContainsKey(gateway.Id))
            _gateways.Remove(_gateways.MinBy(entry => entry.Value.LastSeenAt).Key);
        _gateways[gateway.Id] = new Entry(gateway, time.GetTimestamp());
    }

    public void Unregister(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>All gateways, oldest first, each with the time since it was last seen.</summary>
    public ImmutableArray<GatewayRegistration> List()
    {
        RemoveExpired();
        return
        [
            .. _gateways.Values
                .Select(entry => entry.Gateway with { SilentFor = time.GetElapsedTime(entry.LastSeenAt) })
                .OrderBy(gateway => gateway.StartedAt)
                .ThenBy(gateway => gateway.Id.Value),
        ];
    }

    private void RemoveExpired()
    {
        foreach (var (id, entry) in _gateways)
        {
            if (time.GetElapsedTime(entry.LastSeenAt) >= Lease)
                _gateways.Remove(id);
        }
    }

    private readonly record struct Entry(GatewayRegistration Gateway, long LastSeenAt);
}
