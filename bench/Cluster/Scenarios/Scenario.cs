namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>A failure scenario.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The title in the table.</param>
/// <param name="After">How long users continue after the failure and its repair.</param>
/// <param name="FailAsync">Causes the failure and repairs it, if the scenario includes a repair.</param>
internal sealed record Scenario(string Name, string Title, TimeSpan After, Func<ScenarioContext, CancellationToken, Task> FailAsync)
{
    /// <summary>The scenario without a failure.</summary>
    public static readonly Scenario Baseline = new("baseline", "no failure", TimeSpan.FromSeconds(20), (_, _) => Task.CompletedTask);
}
