using System.Collections.Immutable;
using System.Net;
using JubileeVerse.Queues.Workers;

namespace JubileeVerse.Grains.Tests.Failures;

public sealed class SiloLivenessTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11_111, 7);

    /// <summary>A suspicion is no status: until the votes are there, the member is active, and its jobs are its own.</summary>
    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, false)]
    [InlineData(SiloStatus.ShuttingDown, false)]
    [InlineData(SiloStatus.Stopping, false)]
    [InlineData(SiloStatus.Dead, true)]
    public void ASuspectedSilo_KeepsItsJobs_UntilItIsDeclaredDead(SiloStatus status, bool isGone)
    {
        var liveness = Liveness(new ClusterMember(Silo, status, "silo"));

        Assert.Equal(isGone, liveness.IsGone(Silo.ToParsableString(), heard: true));
        Assert.Equal(isGone, liveness.IsGone(Silo.ToParsableString(), heard: false));
    }

    [Fact]
    public void ASiloThatNobodyKnows_IsGone_UnlessItHasBeenHeard()
    {
        var liveness = Liveness();

        Assert.True(liveness.IsGone(Silo.ToParsableString(), heard: false));
        Assert.False(liveness.IsGone(Silo.ToParsableString(), heard: true));
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
