using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>The script itself: what it says of a cluster that runs, and what it refuses.</summary>
public sealed class ScriptTests(RunningCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task Status_AllAreUp_SaysSoOfEachAndSucceeds()
    {
        var answer = await Site.RunAsync(Deadline, "status");

        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(
            Site.Members.Select(member => $"{member.Name} up ready {member.Address.OriginalString} pid {member.ProcessId}"),
            answer.Output);
    }

    [Fact]
    public async Task Status_OneWasKilled_SaysHowItEndedAndFails()
    {
        var gateway = Site.Gateways[1];
        await Site.SignalAsync(gateway, ClusterSignal.Kill, Deadline);

        var answer = await Site.RunAsync(Deadline, "status");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains($"gateway 2 down not-ready {gateway.Address.OriginalString} exit 137", answer.Output);
    }

    [Fact]
    public async Task Status_OneHangs_SaysThatItIsStopped()
    {
        await Site.SignalAsync(Site.Gateways[1], ClusterSignal.Stop, Deadline);

        var status = await Site.StatusAsync(Deadline);

        var stopped = status.Single(member => member is { Kind: ClusterMemberKind.Gateway, Number: 2 });
        Assert.Equal((ClusterMemberState.Stopped, false), (stopped.State, stopped.IsReady));
    }

    [Fact]
    public async Task StartOne_TwoGatewaysAreDown_TheLowestNumberComesBackAtItsAddress()
    {
        var before = Site.Gateways;
        await Task.WhenAll(before.Select(gateway => Site.SignalAsync(gateway, ClusterSignal.Kill, Deadline)));

        var started = await Site.StartOneAsync(ClusterMemberKind.Gateway, Deadline);

        Assert.Equal((1, before[0].Address), (started.Number, started.Address));
        Assert.NotEqual(before[0].ProcessId, started.ProcessId);
    }

    [Fact]
    public async Task Start_WhileOneRunsThere_IsRefusedAndChangesNothing()
    {
        var answer = await Site.RunAsync(Deadline, "start", "--no-build");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("runs in", answer.Errors);
        Assert.All(await Site.StatusAsync(Deadline), member => Assert.True(member.IsReady, member.ToString()));
    }

    [Theory]
    [InlineData("start", "--silos", "none")]
    [InlineData("start", "--silos", "0")]
    [InlineData("start", "--gateways", "17")]
    [InlineData("start", "--base-port", "80")]
    [InlineData("start", "--port", "3000")]
    [InlineData("start-one", "database")]
    [InlineData("kill", "silo")]
    [InlineData("kill", "silo", "1", "--signal", "HUP")]
    [InlineData("status", "silo")]
    [InlineData("go")]
    public async Task Arguments_ThatMakeNoSense_AreUsageAndTwo(params string[] arguments)
    {
        var answer = await ClusterScript.RunAsync(null, arguments, Deadline);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("./cluster start [--silos N]", answer.Errors);
    }
}
