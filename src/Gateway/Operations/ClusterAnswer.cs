using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The processes of the cluster. A part that could not be had is null, and says nothing of what it would have shown.</summary>
/// <param name="Silos">Those that are not dead, by name.</param>
/// <param name="Gateways">Oldest first.</param>
/// <param name="ActivationsByType">Of the whole cluster.</param>
internal sealed record ClusterAnswer(
    ImmutableArray<SiloAnswer>? Silos, ImmutableArray<GatewayAnswer>? Gateways, ImmutableSortedDictionary<string, int>? ActivationsByType);

/// <param name="Name">As it calls itself.</param>
/// <param name="Address">Where others reach it, with its generation: a restarted silo is another one.</param>
/// <param name="Version">Of the program that it runs, as it told the queues; null when none of them has heard it.</param>
/// <param name="Status">As the membership has it: <c>joining</c>, <c>active</c>, <c>shuttingDown</c>, <c>stopping</c>.</param>
/// <param name="StartedAt">When it joined.</param>
/// <param name="Activations">Grains in its memory; this and the next two are null when it does not answer.</param>
/// <param name="CpuPercent">Of the cores that it may use, smoothed.</param>
/// <param name="MemoryBytes">That it uses.</param>
/// <param name="Running">Jobs by queue.</param>
/// <param name="Slots">Jobs that it can run at once, over all queues.</param>
internal sealed record SiloAnswer(
    string Name,
    string Address,
    string? Version,
    string Status,
    DateTimeOffset StartedAt,
    int? Activations,
    double? CpuPercent,
    long? MemoryBytes,
    ImmutableSortedDictionary<string, int> Running,
    int Slots);

internal sealed record GatewayAnswer(
    GatewayId Id, string Name, string Version, DateTimeOffset StartedAt, bool Draining, int Connections, int Users)
{
    public static GatewayAnswer Of(GatewayRegistration gateway) => new(
        gateway.Id, gateway.Name, gateway.Version, gateway.StartedAt, gateway.IsDraining, gateway.Connections, gateway.Users);
}
