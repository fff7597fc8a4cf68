using System.Globalization;
using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>What a scenario acts on, and its diary.</summary>
internal sealed class Stage(ClusterUnderTest cluster, LoadClock clock)
{
    private readonly List<string> _notes = [];

    public ClusterUnderTest Cluster => cluster;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>When the first process was hurt; null while none has been.</summary>
    public TimeSpan? FailedAt { get; private set; }

    /// <summary>To be said just before a process is hurt.</summary>
    public void Fails() => FailedAt ??= clock.Now;

    /// <summary>Written down with the seconds since the load began.</summary>
    public void Note(string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.Now.TotalSeconds,6:F1} s  {what}");
        _notes.Add(line);
        Console.Error.WriteLine("  " + line);
    }

    public static Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, TimeProvider.System, cancellationToken);
}
