using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JubileeVerse.Silo.Membership;

/// <summary>
/// Limits how long a leaving silo tries to update its row in the membership. Orleans allows each of these writes the timeout of joining,
/// five minutes, and ignores the shutdown timeout of the host, so a silo could not stop without Redis. If the write fails, the silo is
/// declared dead by the others or by the next silo that starts.
/// </summary>
internal sealed class MembershipLeaveTimeout(IOptions<ClusterMembershipOptions> membership) : ILifecycleParticipant<ISiloLifecycle>
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(MembershipLeaveTimeout), ServiceLifecycleStage.Last, _ => Task.CompletedTask, Leave);

    private Task Leave(CancellationToken cancellationToken)
    {
        // The membership reads its options with each write.
        membership.Value.MaxJoinAttemptTime = Timeout;
        return Task.CompletedTask;
    }
}
