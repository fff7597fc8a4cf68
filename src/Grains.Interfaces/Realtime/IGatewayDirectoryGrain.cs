using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Realtime;

/// <summary>
/// The live gateways. Each one registers every few seconds, and is removed if it has not been seen for half a minute. One grain, key 0.
/// It is in memory only: after a migration, the gateways register again within seconds.
/// </summary>
[Alias("IGatewayDirectory"), GrainInterfaceType("JubileeVerse.Realtime.IGatewayDirectory")]
public interface IGatewayDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Registers a gateway or renews its registration. The latest call wins.</summary>
    [Alias("RegisterAsync")]
    Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken);

    /// <summary>Removes a gateway that has closed its connections and stops.</summary>
    [Alias("LeaveAsync")]
    Task UnregisterAsync(GatewayId gateway, CancellationToken cancellationToken);

    /// <summary>The live gateways, oldest first.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken);
}
