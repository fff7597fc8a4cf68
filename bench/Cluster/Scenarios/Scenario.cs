namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>One kind of failure.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Title">As the table has it.</param>
/// <param name="After">How long people go on talking when the failure, and what was done about it, is over.</param>
/// <param name="FailAsync">Does it; returns when nobody does anything more about it.</param>
internal sealed record Scenario(string Name, string Title, TimeSpan After, Func<Stage, CancellationToken, Task> FailAsync)
{
    /// <summary>Null: nothing fails.</summary>
    public static readonly Scenario Baseline = new("baseline", "no failure", TimeSpan.FromSeconds(20), (_, _) => Task.CompletedTask);
}
