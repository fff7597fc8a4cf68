namespace JubileeVerse.Queues;

/// <summary>A worker of a silo, as known to its queue.</summary>
/// <param name="Worker">The silo's address with its generation.</param>
/// <param name="Slots">Maximum number of concurrent jobs.</param>
/// <param name="Running">Number of leases that the worker holds.</param>
/// <param name="LastSeenAt">Time of its latest poll.</param>
/// <param name="Version">Version of its program; null if the worker has not reported it.</param>
[GenerateSerializer, Immutable, Alias("QueueWorker")]
public sealed record QueueWorker(string Worker, int Slots, int Running, DateTimeOffset LastSeenAt, string? Version);
