using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>People talk, something fails, people go on talking; then everything is read back.</summary>
internal static class ScenarioRun
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>For what is open when the last question has been asked.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    public static async Task<Account> RunAsync(
        Scenario scenario, ClusterUnderTest cluster, TimedModel model, int people, TimeSpan pause, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(scenario.Name);
        using var crowd = await Crowd.GatherAsync(scenario.Name, people, cluster.GatewayAddresses, cancellationToken);
        var stage = new Stage(cluster, crowd.Log.Clock);
        crowd.Begin(pause);
        await Stage.WaitAsync(Before, cancellationToken);

        await scenario.FailAsync(stage, cancellationToken);
        var mendedAt = crowd.Log.Clock.Now;
        await Stage.WaitAsync(scenario.After, cancellationToken);
        await crowd.EndAsync(EndLimit);

        await cluster.RestoreAsync(cancellationToken);
        return await Reading.AccountAsync(
            crowd, model, scenario.Name, stage.FailedAt, stage.FailedAt is null ? null : mendedAt, cancellationToken);
    }
}
