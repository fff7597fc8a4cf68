using System.Diagnostics;
using System.Globalization;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>However a cluster ends, or fails to start, the script leaves nothing behind. Each test has its own cluster.</summary>
public sealed class ScriptCleanupTests : BoundedTests
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(50);

    public ScriptCleanupTests() => ClusterTests.SkipWhenMissing();

    [Fact]
    public async Task Stop_RunningCluster_LeavesNoProcessAndIsIdempotent()
    {
        await using var folder = new ScriptFolder();
        (await ClusterScript.RunAsync(null, folder.StartArguments, Deadline)).ShouldSucceed();
        Assert.NotEmpty(folder.Processes());

        var stop = await ClusterScript.RunAsync(null, ["stop", "--data", folder.Path], Deadline);

        Assert.Equal((0, "stopped"), (stop.ExitCode, stop.Output.Single()));
        Assert.Empty(folder.Processes());
        (await ClusterScript.RunAsync(null, ["stop", "--data", folder.Path], Deadline)).ShouldSucceed();
    }

    [Fact]
    public async Task Start_UnknownKey_FailsWithTheReasonAndLeavesNothing()
    {
        await using var folder = new ScriptFolder();
        var environment = new Dictionary<string, string> { ["JubileeVerse__Queues__Gracee"] = "00:00:01" };

        var result = await ClusterScript.RunAsync(environment, folder.StartArguments, Deadline);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'JubileeVerse:Queues:Gracee' (did you mean 'Grace'?)", result.Errors);
        Assert.Contains("silo 1 ended", result.Errors);
        Assert.Empty(folder.Processes());
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task Start_Interrupted_LeavesNothing()
    {
        await using var folder = new ScriptFolder();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Deadline);
        var start = ClusterScript.RunAsync(null, folder.StartArguments, interrupt.Token);
        await UntilAsync(() => File.Exists(Path.Combine(folder.Path, "members", "silo-1.process")));

        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Empty(folder.Processes());
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task Owner_Killed_StopsTheClusterAndDeletesItsFolder()
    {
        await using var folder = new ScriptFolder();
        using var owner = Process.Start("sleep", "1000");
        try
        {
            string[] arguments = [.. folder.StartArguments, "--owner", owner.Id.ToString(CultureInfo.InvariantCulture)];
            (await ClusterScript.RunAsync(null, arguments, Deadline)).ShouldSucceed();
        }
        finally
        {
            owner.Kill();
            await owner.WaitForExitAsync(Deadline);
        }

        await UntilAsync(() => !Directory.Exists(folder.Path) && folder.Processes().Count == 0);
    }

    /// <summary>Polls the condition until it holds; the test's deadline ends the wait.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(CheckPeriod);
        while (!condition())
            await timer.WaitForNextTickAsync(Deadline);
    }
}
