using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JubileeVerse.Silo.Membership;

/// <summary>
/// Bounds how long a silo that leaves tries to write so into the membership. Orleans gives each such write the time that joining may take,
/// five minutes, and does not look at the host's own limit; without Redis a silo could not end. One that could not write is found dead by
/// the others, or by whoever starts next.
/// </summary>
internal sealed class LeavingLimit(IOptions<ClusterMembershipOptions> membership) : ILifecycleParticipant<ISiloLifecycle>
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LeavingLimit), ServiceLifecycleStage.Last, _ => Task.CompletedTask, Leave);

    private Task Leave(CancellationToken cancellationToken)
    {
        // The membership reads its options at each write.
        membership.Value.MaxJoinAttemptTime = Limit;
        return Task.CompletedTask;
    }
}
