using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Silos stop while replies are generated and users keep posting: each accepted post has one reply in the end.</summary>
public sealed class SiloFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Users = 12;

    /// <summary>The grace period for running jobs, 10 s here, and the rest of the shutdown.</summary>
    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Kill_SiloGeneratingReplies_EachPostHasOneReply()
    {
        await using var load = await UserLoad.StartAsync(Site, Users, Deadline);
        await load.UntilAllAreGeneratingAsync(Deadline);

        await Site.SignalAsync(Site.Silos[0], ClusterSignal.Kill, Deadline);
        await load.UntilEachHasAnotherReplyAsync(Deadline);

        await load.ShouldAllHaveOneReplyAsync(Deadline);
    }

    [Fact]
    public async Task Terminate_SiloGeneratingReplies_ExitsWithZeroInItsBudgetAndEachPostHasOneReply()
    {
        await using var load = await UserLoad.StartAsync(Site, Users, Deadline);
        await load.UntilAllAreGeneratingAsync(Deadline);

        var exitCode = await Site.SignalAsync(Site.Silos[1], ClusterSignal.Term, Deadline, DrainBudget);
        await load.UntilEachHasAnotherReplyAsync(Deadline);

        Assert.Equal(0, exitCode);
        await load.ShouldAllHaveOneReplyAsync(Deadline);
    }

    [Fact]
    public async Task Kill_AllSilosThenRestart_EachPostHasOneReply()
    {
        await using var load = await UserLoad.StartAsync(Site, Users, Deadline);
        await load.UntilAllAreGeneratingAsync(Deadline);

        await Task.WhenAll(Site.Silos.Select(silo => Site.SignalAsync(silo, ClusterSignal.Kill, Deadline)));
        await Cluster.StartAsync([ClusterMemberKind.Silo, ClusterMemberKind.Silo], Deadline);
        await load.UntilEachHasAnotherReplyAsync(Deadline);

        await load.ShouldAllHaveOneReplyAsync(Deadline);
    }
}
