using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>A gateway goes while people listen: they go on at the other one, at the character where they stopped.</summary>
public sealed class GatewayFailureTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Listeners = 10;

    /// <summary>The code of a drain: come back now.</summary>
    private const int DrainCode = 4000;

    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task TerminationOfAGateway_WithOpenStreams_TellsThemToGoExitsWithZeroAndNothingBreaks()
    {
        using var audience = await ListenAsync();

        var exitCode = await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Term, Deadline, DrainBudget);
        await audience.UntilAllHaveHeardTheEndAsync();

        Assert.Equal(0, exitCode);
        await audience.ShouldHaveHeardAllAsync(Deadline);
        Assert.All(audience.Replies, reply => Assert.Equal([DrainCode], reply.ClosingCodes));
        Assert.All(audience.Replies, reply => Assert.Equal(0, reply.ResetCount));
        Assert.All(audience.Replies, ShouldHaveGoneOnExactly);
    }

    [Fact]
    public async Task KillOfAGateway_WithOpenStreams_TheyGoOnAtTheOtherMissingNothing()
    {
        using var audience = await ListenAsync();

        await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Kill, Deadline);
        await audience.UntilAllHaveHeardTheEndAsync();

        await audience.ShouldHaveHeardAllAsync(Deadline);
        Assert.All(audience.Replies, ShouldHaveGoneOnExactly);
    }

    private async Task<Audience> ListenAsync()
    {
        var audience = await Audience.GatherAsync(Site, gateway: 1, Listeners, Deadline);
        await audience.UntilAllHaveHeardSomethingAsync();
        return audience;
    }

    private static void ShouldHaveGoneOnExactly(FollowedReply reply)
    {
        var resumption = Assert.Single(reply.Resumptions);
        Assert.Equal(new Resumption(resumption.HadLength, "ai-response-delta", resumption.HadLength, Status: null), resumption);
    }
}
