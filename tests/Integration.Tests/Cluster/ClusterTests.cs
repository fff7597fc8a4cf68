using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Tests on the shared cluster. Each starts with all members up, whatever the previous test did to them.</summary>
[Collection<ClusterGroup>]
public abstract class ClusterTests(RunningCluster cluster) : BoundedTests, IAsyncLifetime
{
    private const int LinesShown = 60;

    protected RunningCluster Cluster { get; } = cluster;

    protected ClusterSite Site => Cluster.Site;

    public async ValueTask InitializeAsync()
    {
        SkipWhenMissing();
        await Cluster.HealAsync(Deadline);
    }

    /// <summary>Skips the test when the servers are not installed, or fails it under <c>CI=true</c>.</summary>
    internal static void SkipWhenMissing()
    {
        if (ClusterScript.Missing is not { } missing)
            return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Skip(missing);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed && ClusterScript.Missing is null)
        {
            foreach (var member in Site.Members)
                TestContext.Current.TestOutputHelper?.WriteLine($"== {member}\n{Site.LogTail(member, LinesShown)}");
        }

        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A new user at the gateway with this number, counted from 1.</summary>
    protected Task<ClusterUser> SignInAsync(int gateway) => ClusterUser.SignInAsync(Site, gateway, Deadline);
}
