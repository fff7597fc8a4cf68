using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The processes of the cluster. A part that could not be queried is null.</summary>
/// <param name="Silos">All silos that are not dead, ordered by name.</param>
/// <param name="Gateways">Oldest first.</param>
/// <param name="ActivationsByType">Grain activations in the whole cluster.</param>
internal sealed record ClusterResponse(
    ImmutableArray<SiloResponse>? Silos,
    ImmutableArray<GatewayResponse>? Gateways,
    ImmutableSortedDictionary<string, int>? ActivationsByType);
