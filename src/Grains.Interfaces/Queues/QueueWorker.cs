namespace JubileeVerse.Queues;

/// <summary>A silo's worker as its queue knows it.</summary>
/// <param name="Worker">The silo's address with its generation.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
/// <param name="Running">Leases that it has.</param>
/// <param name="LastHeard">When its latest poll came.</param>
/// <param name="Version">Of the program that it runs in; null when it has not said so.</param>
[GenerateSerializer, Immutable, Alias("QueueWorker")]
public sealed record QueueWorker(string Worker, int Slots, int Running, DateTimeOffset LastHeard, string? Version);
