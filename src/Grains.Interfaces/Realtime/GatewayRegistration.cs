using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>A gateway process, as it registers itself.</summary>
/// <param name="Id">The id of this run.</param>
/// <param name="Name">Machine name and port, such as <c>gateway-7d9f:3000</c>.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="IsDraining">True if the gateway is draining.</param>
/// <param name="Connections">Number of open connections.</param>
/// <param name="Users">Number of connected users.</param>
/// <param name="Observer">Receives the frames.</param>
[GenerateSerializer, Immutable, Alias("GatewayRegistration")]
public sealed record GatewayRegistration(
    GatewayId Id,
    string Name,
    string Version,
    DateTimeOffset StartedAt,
    bool IsDraining,
    int Connections,
    int Users,
    IGatewayObserver Observer)
{
    /// <summary>Number of open connections by transport; null from a gateway that does not report it.</summary>
    [Id(0)]
    public ImmutableDictionary<ConnectionTransport, int>? ByTransport { get; init; }

    /// <summary>Time since the gateway was last seen. It is set by the directory and used to detect dead gateways.</summary>
    [Id(1)]
    public TimeSpan SilentFor { get; init; }
}
