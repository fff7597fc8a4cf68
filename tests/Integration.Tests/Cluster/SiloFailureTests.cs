using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Silos go while replies are made, and people post on meanwhile: each accepted post has one answer in the end.</summary>
public sealed class SiloFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int People = 12;

    /// <summary>The grace for running jobs, 10 s here, and what else a silo may take to go.</summary>
    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task KillOfASilo_WhileRepliesAreMade_EachPostIsAnsweredOnce()
    {
        await using var crowd = await Crowd.GatherAsync(Site, People, Deadline);
        await crowd.UntilAllAreAnsweredAtAsync(Deadline);

        await Site.SignalAsync(Site.Silos[0], ClusterSignal.Kill, Deadline);
        await crowd.UntilEachIsAnsweredAgainAsync(Deadline);

        await crowd.ShouldAllBeAnsweredOnceAsync(Deadline);
    }

    [Fact]
    public async Task TerminationOfASilo_WhileRepliesAreMade_ExitsWithZeroInItsBudgetAndEachPostIsAnsweredOnce()
    {
        await using var crowd = await Crowd.GatherAsync(Site, People, Deadline);
        await crowd.UntilAllAreAnsweredAtAsync(Deadline);

        var exitCode = await Site.SignalAsync(Site.Silos[1], ClusterSignal.Term, Deadline, DrainBudget);
        await crowd.UntilEachIsAnsweredAgainAsync(Deadline);

        Assert.Equal(0, exitCode);
        await crowd.ShouldAllBeAnsweredOnceAsync(Deadline);
    }

    [Fact]
    public async Task KillOfAllSilos_OthersStarted_EachPostIsAnsweredOnce()
    {
        await using var crowd = await Crowd.GatherAsync(Site, People, Deadline);
        await crowd.UntilAllAreAnsweredAtAsync(Deadline);

        await Task.WhenAll(Site.Silos.Select(silo => Site.SignalAsync(silo, ClusterSignal.Kill, Deadline)));
        await Cluster.StartAsync([ClusterMemberKind.Silo, ClusterMemberKind.Silo], Deadline);
        await crowd.UntilEachIsAnsweredAgainAsync(Deadline);

        await crowd.ShouldAllBeAnsweredOnceAsync(Deadline);
    }
}
