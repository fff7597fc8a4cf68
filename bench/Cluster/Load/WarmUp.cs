using JubileeVerse.Bench.Cluster.Scenarios;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>The first requests pay for what is compiled and opened once; nobody counts them.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(ClusterUnderTest cluster, int people, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.GatherAsync("warm-up", people, cluster.GatewayAddresses, cancellationToken);
        crowd.Begin(pause);
        await Stage.WaitAsync(Duration, cancellationToken);
        await crowd.EndAsync(EndLimit);
    }
}
