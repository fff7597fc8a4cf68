using System.Globalization;
using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>The context of a scenario: its cluster and its notes.</summary>
internal sealed class ScenarioContext(ClusterUnderTest cluster, LoadClock clock)
{
    private readonly List<string> _notes = [];

    public ClusterUnderTest Cluster => cluster;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>When the first process failed; null before that.</summary>
    public TimeSpan? FailedAt { get; private set; }

    /// <summary>Records the time of the failure. Must be called just before the first process fails.</summary>
    public void MarkFailure() => FailedAt ??= clock.Now;

    /// <summary>Records a note with the seconds since the load began.</summary>
    public void Note(string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.Now.TotalSeconds,6:F1} s  {text}");
        _notes.Add(line);
        Console.Error.WriteLine("  " + line);
    }

    public static Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration, TimeProvider.System, cancellationToken);
}
