using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>One gateway process, as it describes itself.</summary>
/// <param name="Id">This run of it.</param>
/// <param name="Name">Its machine and port, such as <c>gateway-7d9f:3000</c>.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="IsDraining">It is on its way out.</param>
/// <param name="Connections">Live connections to it.</param>
/// <param name="Users">The people behind them.</param>
/// <param name="Observer">Where to send.</param>
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
    /// <summary>Live connections by what they are made of; null from a gateway that does not say.</summary>
    [Id(0)]
    public ImmutableDictionary<LinkTransport, int>? ByTransport { get; init; }

    /// <summary>How long ago it last spoke. Said by the directory, and good for judging whether it has died.</summary>
    [Id(1)]
    public TimeSpan SilentFor { get; init; }
}
