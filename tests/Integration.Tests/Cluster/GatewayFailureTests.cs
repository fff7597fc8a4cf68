using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// A gateway stops while users follow replies: they resume at the other gateway, at the exact character where the text stopped.
/// </summary>
public sealed class GatewayFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Followers = 10;

    /// <summary>The close code of a drain, after which clients reconnect at once.</summary>
    private const int DrainCode = 4000;

    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Terminate_GatewayWithOpenStreams_ClosesThemForReconnectAndExitsWithZero()
    {
        using var group = await StartFollowersAsync();

        var exitCode = await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Term, Deadline, DrainBudget);
        await group.UntilAllReceivedEndAsync();

        Assert.Equal(0, exitCode);
        await group.ShouldHaveReceivedAllAsync(Deadline);
        Assert.All(group.Replies, reply => Assert.Equal([DrainCode], reply.ClosingCodes));
        Assert.All(group.Replies, reply => Assert.Equal(0, reply.ResetCount));
        Assert.All(group.Replies, ShouldHaveResumedExactly);
    }

    [Fact]
    public async Task Kill_GatewayWithOpenStreams_TheyResumeAtTheOtherWithoutLoss()
    {
        using var group = await StartFollowersAsync();

        await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Kill, Deadline);
        await group.UntilAllReceivedEndAsync();

        await group.ShouldHaveReceivedAllAsync(Deadline);
        Assert.All(group.Replies, ShouldHaveResumedExactly);
    }

    private async Task<FollowerGroup> StartFollowersAsync()
    {
        var group = await FollowerGroup.StartAsync(Site, gateway: 1, Followers, Deadline);
        await group.UntilAllReceivedTextAsync();
        return group;
    }

    private static void ShouldHaveResumedExactly(FollowedReply reply)
    {
        var resumption = Assert.Single(reply.Resumptions);
        Assert.Equal(new Resumption(resumption.HadLength, "ai-response-delta", resumption.HadLength, Status: null), resumption);
    }
}
