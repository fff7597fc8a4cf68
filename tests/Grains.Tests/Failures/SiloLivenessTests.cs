using System.Collections.Immutable;
using System.Net;
using JubileeVerse.Queues.Workers;

namespace JubileeVerse.Grains.Tests.Failures;

public sealed class SiloLivenessTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11_111, 7);

    /// <summary>A suspicion does not change the status: until enough silos have voted, the member is active and keeps its jobs.</summary>
    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, false)]
    [InlineData(SiloStatus.ShuttingDown, false)]
    [InlineData(SiloStatus.Stopping, false)]
    [InlineData(SiloStatus.Dead, true)]
    public void IsDead_MemberWithStatus_IsTrueOnlyWhenDeclaredDead(SiloStatus status, bool isDead)
    {
        var liveness = Liveness(new ClusterMember(Silo, status, "silo"));

        Assert.Equal(isDead, liveness.IsDead(Silo.ToParsableString(), hasPolled: true));
        Assert.Equal(isDead, liveness.IsDead(Silo.ToParsableString(), hasPolled: false));
    }

    [Fact]
    public void IsDead_UnknownSilo_IsTrueUnlessItHasPolled()
    {
        var liveness = Liveness();

        Assert.True(liveness.IsDead(Silo.ToParsableString(), hasPolled: false));
        Assert.False(liveness.IsDead(Silo.ToParsableString(), hasPolled: true));
    }

    private static SiloLiveness Liveness(params ClusterMember[] members) => new(new Membership(members));

    private sealed class Membership(ClusterMember[] members) : IClusterMembershipService
    {
        public ClusterMembershipSnapshot CurrentSnapshot { get; } =
            new(members.ToImmutableDictionary(member => member.SiloAddress), new MembershipVersion(1));

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}
