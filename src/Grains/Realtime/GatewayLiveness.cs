using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>
/// When this silo last had a sign of life of each gateway: what the directory has heard, an attachment to a grain here, a batch that was taken.
/// It judges who has died. Thread-safe.
/// </summary>
/// <remarks>
/// A gateway that the directory has heard, and does not hear any more, is lost after two missed heartbeats. A directory that has just moved lists
/// nobody until their next heartbeats, so who is not listed at all is given much longer. Where the directory cannot be asked nobody is judged.
/// A gateway that was taken for dead and speaks again is alive.
/// </remarks>
internal sealed class GatewayLiveness(TimeProvider time)
{
    /// <summary>A gateway says that it lives as often as this.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Without a sign for so long, a gateway that the directory lists is lost.</summary>
    public static readonly TimeSpan Patience = 2 * Heartbeat;

    /// <summary>The same for one that it does not list.</summary>
    public static readonly TimeSpan UnlistedPatience = 2 * GatewayRoll.Lease;

    /// <summary>What is remembered of the dead: longer than anything that they have said can be on its way.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    /// <summary>It has given a sign of life.</summary>
    public void Heard(GatewayId gateway)
    {
        lock (_gate)
            _gateways[gateway] = new Entry(time.GetTimestamp(), IsLost: false);
    }

    /// <summary>How long it has been silent; null for one that is not known.</summary>
    public TimeSpan? SilentFor(GatewayId gateway)
    {
        lock (_gate)
            return _gateways.TryGetValue(gateway, out var known) ? time.GetElapsedTime(known.HeardAt) : null;
    }

    /// <summary>It was judged to be dead, and nothing has been heard of it since.</summary>
    public bool IsLost(GatewayId gateway)
    {
        lock (_gate)
            return _gateways.TryGetValue(gateway, out var known) && known.IsLost;
    }

    /// <summary>Takes in what the directory lists, and gives all that are lost, also those that were before.</summary>
    public ImmutableArray<GatewayId> Judge(IReadOnlyCollection<GatewayRegistration> listed)
    {
        lock (_gate)
        {
            foreach (var gateway in listed)
                Hear(gateway.Id, gateway.SilentFor);

            var names = listed.Select(gateway => gateway.Id).ToHashSet();
            foreach (var (gateway, known) in _gateways)
            {
                var silentFor = time.GetElapsedTime(known.HeardAt);
                if (silentFor > Memory && !names.Contains(gateway))
                    _gateways.Remove(gateway);
                else if (silentFor >= (names.Contains(gateway) ? Patience : UnlistedPatience))
                    _gateways[gateway] = known with { IsLost = true };
            }

            return [.. _gateways.Where(gateway => gateway.Value.IsLost).Select(gateway => gateway.Key)];
        }
    }

    private void Hear(GatewayId gateway, TimeSpan ago)
    {
        var heardAt = time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency);
        if (!_gateways.TryGetValue(gateway, out var known) || heardAt > known.HeardAt)
            _gateways[gateway] = new Entry(heardAt, IsLost: false);
    }

    private readonly record struct Entry(long HeardAt, bool IsLost);
}
