using JubileeVerse.Bench.Cluster.Scenarios;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Uncounted requests before the measurement, which pay for compilation and opening connections.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(ClusterUnderTest cluster, int people, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var crowd = await UserGroup.CreateAsync("warm-up", people, cluster.GatewayAddresses, cancellationToken);
        crowd.Begin(pause);
        await ScenarioContext.WaitAsync(Duration, cancellationToken);
        await crowd.EndAsync(EndLimit);
    }
}
