using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The processes of the cluster. A part that could not be queried is null.</summary>
/// <param name="Silos">All silos that are not dead, ordered by name.</param>
/// <param name="Gateways">Oldest first.</param>
/// <param name="ActivationsByType">Grain activations in the whole cluster.</param>
internal sealed record ClusterResponse(
    ImmutableArray<SiloResponse>? Silos,
    ImmutableArray<GatewayResponse>? Gateways,
    ImmutableSortedDictionary<string, int>? ActivationsByType);

/// <param name="Address">The silo's address with its generation, so that a restarted silo has a different one.</param>
/// <param name="Version">The program version that the silo reported to the queues; null if no queue has received it.</param>
/// <param name="Status">The membership status: <c>joining</c>, <c>active</c>, <c>shuttingDown</c>, <c>stopping</c>.</param>
/// <param name="StartedAt">When the silo joined the cluster.</param>
/// <param name="Activations">Grain activations; this and the next two are null if the silo does not respond.</param>
/// <param name="CpuPercent">Smoothed, relative to the cores that the silo may use.</param>
/// <param name="Running">Running jobs by queue.</param>
/// <param name="Slots">Jobs that the silo can run at once, summed over all queues.</param>
internal sealed record SiloResponse(
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

internal sealed record GatewayResponse(
    GatewayId Id, string Name, string Version, DateTimeOffset StartedAt, bool Draining, int Connections, int Users)
{
    public static GatewayResponse From(GatewayRegistration gateway) => new(
        gateway.Id, gateway.Name, gateway.Version, gateway.StartedAt, gateway.IsDraining, gateway.Connections, gateway.Users);
}
