using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Operations;

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
