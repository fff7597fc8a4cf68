using System.Collections.Immutable;
using System.Net;
using JubileeVerse.Queues;
using JubileeVerse.Testing.Clusters;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>A silo's worker that takes a job, stops polling as a process suspended by SIGSTOP does, and may resume later.</summary>
internal sealed class SuspendedWorker(JubileeCluster cluster, int generation)
{
    private readonly string _name = SiloAddress.New(IPAddress.Loopback, 1, generation).ToParsableString();
    private long _polls;

    /// <summary>Polls with one slot until a job is granted.</summary>
    public async Task<JobGrant> AcquireJobAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<JobGrant> grants = [];
        await cluster.UntilAsync(
            async () => !(grants = (await PollAsync(1, [], cancellationToken)).Grants).IsEmpty,
            $"a job for {_name}",
            cancellationToken);
        return grants[0];
    }

    /// <summary>Polls again with the old lease in its list, and returns the leases that the queue revokes.</summary>
    public async Task<IEnumerable<RevokedLease>> ResumeAsync(JobGrant grant, CancellationToken cancellationToken) =>
        (await PollAsync(0, [new HeldLease(grant.Job.Id, grant.Lease)], cancellationToken)).Revoked;

    private Task<PollResult> PollAsync(int slots, ImmutableArray<HeldLease> held, CancellationToken cancellationToken) =>
        cluster.ReplyQueue.PollAsync(new WorkerPoll(_name, ++_polls, slots, held, Version: null), cancellationToken);
}
