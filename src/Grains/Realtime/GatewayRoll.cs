using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>The gateways that have lately said that they live. Not thread-safe: its grain's turns are its lock.</summary>
internal sealed class GatewayRoll(TimeProvider time)
{
    /// <summary>A gateway that has said nothing for so long is gone: three heartbeats.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Far more than a cluster has; beyond, the one that has been silent for the longest time makes room.</summary>
    public const int MaxGateways = 1000;

    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    public void Register(GatewayRegistration gateway)
    {
        Forget();
        if (_gateways.Count >= MaxGateways && !_gateways.ContainsKey(gateway.Id))
            _gateways.Remove(_gateways.MinBy(entry => entry.Value.HeardAt).Key);
        _gateways[gateway.Id] = new Entry(gateway, time.GetTimestamp());
    }

    public void Leave(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>Oldest first, each with how long it has been silent.</summary>
    public ImmutableArray<GatewayRegistration> List()
    {
        Forget();
        return
        [
            .. _gateways.Values
                .Select(entry => entry.Gateway with { SilentFor = time.GetElapsedTime(entry.HeardAt) })
                .OrderBy(gateway => gateway.StartedAt)
                .ThenBy(gateway => gateway.Id.Value),
        ];
    }

    private void Forget()
    {
        foreach (var (id, entry) in _gateways)
        {
            if (time.GetElapsedTime(entry.HeardAt) >= Lease)
                _gateways.Remove(id);
        }
    }

    private readonly record struct Entry(GatewayRegistration Gateway, long HeardAt);
}
