using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Redis or PostgreSQL is restarted while users post: no accepted post is lost.</summary>
public sealed class ServerFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Users = 8;

    [Theory]
    [InlineData(ClusterMemberKind.PostgreSql, ClusterSignal.Term)]
    [InlineData(ClusterMemberKind.PostgreSql, ClusterSignal.Kill)]
    [InlineData(ClusterMemberKind.Redis, ClusterSignal.Term)]
    [InlineData(ClusterMemberKind.Redis, ClusterSignal.Kill)]
    public async Task Restart_ServerUnderLoad_EachAcceptedPostHasOneReply(ClusterMemberKind kind, ClusterSignal signal)
    {
        await using var load = await UserLoad.StartAsync(Site, Users, Deadline);
        await load.UntilAllAreGeneratingAsync(Deadline);

        await Site.SignalAsync(Site.Members.Single(member => member.Kind == kind), signal, Deadline);
        await Site.StartOneAsync(kind, Deadline);
        await load.UntilEachHasAnotherReplyAsync(Deadline);

        await load.ShouldAllHaveOneReplyAsync(Deadline);
    }
}
