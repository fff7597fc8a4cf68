using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>The servers that a cluster stands on go and come back, under posts: nothing that was accepted is lost.</summary>
public sealed class ServerFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int People = 8;

    [Theory]
    [InlineData(ClusterMemberKind.PostgreSql, ClusterSignal.Term)]
    [InlineData(ClusterMemberKind.PostgreSql, ClusterSignal.Kill)]
    [InlineData(ClusterMemberKind.Redis, ClusterSignal.Term)]
    [InlineData(ClusterMemberKind.Redis, ClusterSignal.Kill)]
    public async Task RestartOfAServer_UnderPosts_EachAcceptedPostIsAnsweredOnce(ClusterMemberKind kind, ClusterSignal signal)
    {
        await using var crowd = await Crowd.GatherAsync(Site, People, Deadline);
        await crowd.UntilAllAreAnsweredAtAsync(Deadline);

        await Site.SignalAsync(Site.Members.Single(member => member.Kind == kind), signal, Deadline);
        await Site.StartOneAsync(kind, Deadline);
        await crowd.UntilEachIsAnsweredAgainAsync(Deadline);

        await crowd.ShouldAllBeAnsweredOnceAsync(Deadline);
    }
}
