using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>Runs one scenario: load, failure, further load; then reads everything back.</summary>
internal static class ScenarioRun
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>Time limit for replies that are open after the last message.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    public static async Task<RunResult> RunAsync(
        Scenario scenario, ClusterUnderTest cluster, TimedModel model, int people, TimeSpan pause, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(scenario.Name);
        using var crowd = await UserGroup.CreateAsync(scenario.Name, people, cluster.GatewayAddresses, cancellationToken);
        var stage = new ScenarioContext(cluster, crowd.Log.Clock);
        crowd.Begin(pause);
        await ScenarioContext.WaitAsync(Before, cancellationToken);

        await scenario.FailAsync(stage, cancellationToken);
        var repairedAt = crowd.Log.Clock.Now;
        await ScenarioContext.WaitAsync(scenario.After, cancellationToken);
        await crowd.EndAsync(EndLimit);

        await cluster.RestoreAsync(cancellationToken);
        return await RunReader.ReadAsync(
            crowd, model, scenario.Name, stage.FailedAt, stage.FailedAt is null ? null : repairedAt, cancellationToken);
    }
}
