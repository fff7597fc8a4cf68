using System.Collections.Immutable;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// When each gateway was last seen by this silo (in the directory's list, with an attachment to a grain here, with an acknowledged batch),
/// and which gateways are therefore unreachable. Thread-safe.
/// </summary>
/// <remarks>
/// A gateway that the directory lists is unreachable after two missed heartbeats. A directory that has just moved lists no gateway until
/// the next heartbeats, so a gateway that is not listed has a much longer timeout. While the directory is unavailable, no gateway becomes
/// unreachable. An unreachable gateway that is seen again is reachable again.
/// </remarks>
internal sealed class GatewayLiveness(TimeProvider time)
{
    /// <summary>The period of a gateway's heartbeat.</summary>
    public static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(10);

    /// <summary>A gateway that the directory lists is unreachable when it was not seen for this long.</summary>
    public static readonly TimeSpan HeartbeatTimeout = 2 * HeartbeatPeriod;

    /// <summary>The timeout of a gateway that the directory does not list.</summary>
    public static readonly TimeSpan UnlistedTimeout = 2 * GatewayRegistry.Lease;

    /// <summary>
    /// How long an unlisted gateway is remembered: longer than any of its calls can be in flight.
    /// </summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    /// <summary>Records that the gateway was seen now.</summary>
    public void MarkSeen(GatewayId gateway)
    {
        lock (_lock)
            _gateways[gateway] = new Entry(time.GetTimestamp(), IsUnreachable: false);
    }

    /// <summary>The time since the gateway was last seen; null for an unknown gateway.</summary>
    public TimeSpan? TimeSinceLastSeen(GatewayId gateway)
    {
        lock (_lock)
            return _gateways.TryGetValue(gateway, out var known) ? time.GetElapsedTime(known.LastSeenAt) : null;
    }

    /// <summary>The gateway became unreachable and was not seen since.</summary>
    public bool IsUnreachable(GatewayId gateway)
    {
        lock (_lock)
            return _gateways.TryGetValue(gateway, out var known) && known.IsUnreachable;
    }

    /// <summary>Merges the directory's list and returns all unreachable gateways, including those that were unreachable before.</summary>
    public ImmutableArray<GatewayId> Evaluate(IReadOnlyCollection<GatewayRegistration> listed)
    {
        lock (_lock)
        {
            foreach (var gateway in listed)
                Merge(gateway.Id, gateway.SilentFor);

            var ids = listed.Select(gateway => gateway.Id).ToHashSet();
            foreach (var (gateway, known) in _gateways)
            {
                var elapsed = time.GetElapsedTime(known.LastSeenAt);
                if (elapsed > Retention && !ids.Contains(gateway))
                    _gateways.Remove(gateway);
                else if (elapsed >= (ids.Contains(gateway) ? HeartbeatTimeout : UnlistedTimeout))
                    _gateways[gateway] = known with { IsUnreachable = true };
            }

            return [.. _gateways.Where(gateway => gateway.Value.IsUnreachable).Select(gateway => gateway.Key)];
        }
    }

    private void Merge(GatewayId gateway, TimeSpan sinceLastSeen)
    {
        var lastSeenAt = time.GetTimestamp() - (long)(sinceLastSeen.TotalSeconds * time.TimestampFrequency);
        if (!_gateways.TryGetValue(gateway, out var known) || lastSeenAt > known.LastSeenAt)
            _gateways[gateway] = new Entry(lastSeenAt, IsUnreachable: false);
    }

    private readonly record struct Entry(long LastSeenAt, bool IsUnreachable);
}
