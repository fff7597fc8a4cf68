using System.Globalization;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Where conversations and running jobs are before and after a silo joins, under steady load.</summary>
internal sealed class SiloSpread(ClusterUnderTest cluster)
{
    private const int SampleCount = 20;
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Before each look; a look takes some seconds too.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    private readonly List<(string When, IReadOnlyDictionary<int, int> Activations, IReadOnlyDictionary<int, double> Jobs)> _looks = [];

    /// <summary>A silo joins while people talk.</summary>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await LookAsync("before", cancellationToken);
        var silo = await cluster.StartOneAsync(ClusterMemberKind.Silo, cancellationToken);
        var ready = TimeProvider.System.GetTimestamp();
        foreach (var wait in Waits)
        {
            await Stage.WaitAsync(wait, cancellationToken);
            var seconds = TimeProvider.System.GetElapsedTime(ready).TotalSeconds;
            await LookAsync(string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s after {silo.Name} was ready"), cancellationToken);
        }
    }

    public void Write(MarkdownReport report)
    {
        int[] silos = [.. _looks.SelectMany(look => look.Activations.Keys).Distinct().Order()];
        report.Table(
            ["", .. silos.Select(silo => $"silo {silo}: conversations"), .. silos.Select(silo => $"silo {silo}: running jobs")],
            _looks.Select(look => (IReadOnlyList<string>)
            [
                look.When,
                .. silos.Select(silo => $"{look.Activations.GetValueOrDefault(silo)}"),
                .. silos.Select(silo => Figure.Ratio(look.Jobs.GetValueOrDefault(silo))),
            ]));
    }

    private async Task LookAsync(string when, CancellationToken cancellationToken)
    {
        var jobs = new List<IReadOnlyDictionary<int, int>>();
        for (var i = 0; i < SampleCount; i++)
        {
            jobs.Add(await cluster.RunningJobsAsync(cancellationToken));
            await Stage.WaitAsync(SamplePeriod, cancellationToken);
        }

        var mean = jobs.SelectMany(sample => sample).GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value) / (double)SampleCount);
        _looks.Add((when, await cluster.ActivationsAsync("conversation", cancellationToken), mean));
    }
}
