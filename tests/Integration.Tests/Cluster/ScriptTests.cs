using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>The script itself: the status that it prints for a running cluster, and the arguments that it rejects.</summary>
public sealed class ScriptTests(RunningCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task Status_AllAreUp_ListsEachAndSucceeds()
    {
        var result = await Site.RunAsync(Deadline, "status");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            Site.Members.Select(member => $"{member.Name} up ready {member.Address.OriginalString} pid {member.ProcessId}"),
            result.Output);
    }

    [Fact]
    public async Task Status_OneWasKilled_ReportsItsExitCodeAndFails()
    {
        var gateway = Site.Gateways[1];
        await Site.SignalAsync(gateway, ClusterSignal.Kill, Deadline);

        var result = await Site.RunAsync(Deadline, "status");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"gateway 2 down not-ready {gateway.Address.OriginalString} exit 137", result.Output);
    }

    [Fact]
    public async Task Status_OneIsSuspended_ReportsItAsStopped()
    {
        await Site.SignalAsync(Site.Gateways[1], ClusterSignal.Stop, Deadline);

        var status = await Site.StatusAsync(Deadline);

        var stopped = status.Single(member => member is { Kind: ClusterMemberKind.Gateway, Number: 2 });
        Assert.Equal((ClusterMemberState.Stopped, false), (stopped.State, stopped.IsReady));
    }

    [Fact]
    public async Task StartOne_TwoGatewaysAreDown_RestartsTheLowestNumberAtItsAddress()
    {
        var before = Site.Gateways;
        await Task.WhenAll(before.Select(gateway => Site.SignalAsync(gateway, ClusterSignal.Kill, Deadline)));

        var started = await Site.StartOneAsync(ClusterMemberKind.Gateway, Deadline);

        Assert.Equal((1, before[0].Address), (started.Number, started.Address));
        Assert.NotEqual(before[0].ProcessId, started.ProcessId);
    }

    [Fact]
    public async Task Start_ClusterAlreadyRuns_IsRejectedAndChangesNothing()
    {
        var result = await Site.RunAsync(Deadline, "start", "--no-build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("runs in", result.Errors);
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
    public async Task Arguments_Invalid_PrintUsageAndExitWithTwo(params string[] arguments)
    {
        var result = await ClusterScript.RunAsync(null, arguments, Deadline);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("./cluster start [--silos N]", result.Errors);
    }
}
