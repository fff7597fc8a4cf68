namespace JubileeVerse.Grains.Tests.Queues.Dispatch;

/// <summary>A cluster membership that the test sets.</summary>
internal sealed class TestMembership : IClusterMembershipService
{
    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = new([], new MembershipVersion(1));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public void Set(string worker, SiloStatus status)
    {
        var silo = SiloAddress.FromParsableString(worker);
        CurrentSnapshot = new(CurrentSnapshot.Members.SetItem(silo, new ClusterMember(silo, status, "silo")), new MembershipVersion(1));
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
}
