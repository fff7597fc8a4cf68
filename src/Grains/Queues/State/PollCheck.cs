using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>What a worker's list of leases showed.</summary>
/// <param name="Revoked">Leases that it holds and has lost. Cancelled runs are not among them: see <see cref="QueueState.StopsOf"/>.</param>
/// <param name="Changes">Runs that were adopted, and jobs that the worker never received.</param>
internal sealed record PollCheck(ImmutableArray<RevokedLease> Revoked, ImmutableArray<JobChange> Changes)
{
    public static PollCheck None { get; } = new([], []);
}
