using System.Collections.Immutable;
using System.Net;
using JubileeVerse.Queues;
using JubileeVerse.Testing.Clusters;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>A silo's worker that takes a job and is then stopped, as a process is by SIGSTOP: it is silent, and may wake.</summary>
internal sealed class GhostWorker(JubileeCluster cluster, int generation)
{
    private readonly string _name = SiloAddress.New(IPAddress.Loopback, 1, generation).ToParsableString();
    private long _polls;

    /// <summary>Polls with one slot until it is given a job.</summary>
    public async Task<JobGrant> TakeAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<JobGrant> grants = [];
        await cluster.UntilAsync(
            async () => !(grants = (await PollAsync(1, [], cancellationToken)).Grants).IsEmpty,
            $"a job for {_name}",
            cancellationToken);
        return grants[0];
    }

    /// <summary>Wakes: says that it still holds the job, and gives what it is told to stop.</summary>
    public async Task<IEnumerable<RevokedLease>> WakeAsync(JobGrant grant, CancellationToken cancellationToken) =>
        (await PollAsync(0, [new HeldLease(grant.Job.Id, grant.Lease)], cancellationToken)).Revoked;

    private Task<PollResult> PollAsync(int slots, ImmutableArray<HeldLease> held, CancellationToken cancellationToken) =>
        cluster.ReplyQueue.PollAsync(new WorkerPoll(_name, ++_polls, slots, held, Version: null), cancellationToken);
}
