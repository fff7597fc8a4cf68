using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Realtime;

/// <summary>
/// The gateways that live: each says so every few seconds, and one that has not for half a minute is gone. One grain, key 0.
/// In memory only: when it moves, the gateways have told it anew within seconds.
/// </summary>
[Alias("IGatewayDirectory")]
public interface IGatewayDirectory : IGrainWithIntegerKey
{
    /// <summary>The gateway lives. Repeated by it; the latest counts.</summary>
    [Alias("RegisterAsync")]
    Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken);

    /// <summary>The gateway has closed its connections and will not come back.</summary>
    [Alias("LeaveAsync")]
    Task LeaveAsync(GatewayId gateway, CancellationToken cancellationToken);

    /// <summary>Those that live, oldest first.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken);
}
