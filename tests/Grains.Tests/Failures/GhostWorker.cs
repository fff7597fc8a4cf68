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
        while (true)
        {
            var result = await cluster.ReplyQueue.PollAsync(new WorkerPoll(_name, ++_polls, 1, []), cancellationToken);
            if (!result.Grants.IsEmpty)
                return result.Grants[0];
        }
    }

    /// <summary>Wakes: says that it still holds the job, and gives what it is told to stop.</summary>
    public async Task<IEnumerable<RevokedLease>> WakeAsync(JobGrant grant, CancellationToken cancellationToken) =>
        (await cluster.ReplyQueue.PollAsync(new WorkerPoll(_name, ++_polls, 0, [new HeldLease(grant.Job.Id, grant.Lease)]), cancellationToken)).Revoked;
}
