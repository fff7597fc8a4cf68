using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A worker's request for jobs, with the leases that it holds.</summary>
/// <param name="Worker">The silo's address with its generation: a restarted silo is another worker.</param>
/// <param name="Number">
/// Incremented with each full list of leases. A lease that is missing from two full lists after its grant is released.
/// </param>
/// <param name="Slots">
/// Maximum number of concurrent jobs, including the running ones; 0 for a leaving worker. The limits of the queue apply as well.
/// </param>
/// <param name="Held">All leases that the worker holds; empty for a partial poll.</param>
/// <param name="Version">Version of its program; null from versions that do not report it.</param>
[GenerateSerializer, Immutable, Alias("WorkerPoll")]
public sealed record WorkerPoll(string Worker, long Number, int Slots, ImmutableArray<HeldLease> Held, string? Version)
{
    /// <summary>
    /// The worker has no limit of its own. The queue applies its limit, so that a raised limit need not be sent to the workers.
    /// </summary>
    public const int UnlimitedSlots = int.MaxValue;

    /// <summary>
    /// True if the poll does not list the worker's leases: <see cref="Held"/> is empty. Requires <see cref="PollResult.SupportsBatches"/>.
    /// </summary>
    [Id(0)]
    public bool IsPartial { get; init; }
}
