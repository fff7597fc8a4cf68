using System.Collections.Immutable;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Leases;

/// <summary>The result of comparing a worker's list of leases with the queue's leases.</summary>
/// <param name="Revoked">
/// Leases that the worker lists and has lost. Cancelled runs are not included: see <see cref="JobRuns.StopsOf"/>.
/// </param>
/// <param name="Changes">The starts of adopted runs, and the ends of runs whose grants the worker never received.</param>
internal sealed record PollCheck(ImmutableArray<RevokedLease> Revoked, ImmutableArray<JobChange> Changes)
{
    public static PollCheck None { get; } = new([], []);
}
