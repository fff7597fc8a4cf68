using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>The result of a poll, returned at once or after at most two seconds.</summary>
/// <param name="Grants">
/// Jobs to run: at most the free slots and at most <see cref="MaxGrants"/>. The worker polls again for the rest.
/// </param>
/// <param name="Revoked">Runs that the worker must stop, because their lease was lost or their job was cancelled.</param>
/// <param name="Load">The load of the queue, which admission uses until the next poll.</param>
[GenerateSerializer, Immutable, Alias("PollResult")]
public sealed record PollResult(ImmutableArray<JobGrant> Grants, ImmutableArray<RevokedLease> Revoked, QueueLoad Load)
{
    /// <summary>Maximum number of grants. With payloads of 64 KB, this many fit into one message.</summary>
    public const int MaxGrants = 200;

    /// <summary>
    /// True if the queue supports partial polls and <see cref="IQueueGrain.ReportManyAsync"/>. An earlier version does not.
    /// </summary>
    [Id(0)]
    public bool SupportsBatches { get; init; }

    /// <summary>
    /// True if the next poll must list all leases, because this one was partial and the queue does not know the worker's leases yet.
    /// </summary>
    [Id(1)]
    public bool NeedsFullPoll { get; init; }
}
