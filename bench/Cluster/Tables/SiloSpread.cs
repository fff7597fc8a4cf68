using System.Globalization;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>The distribution of conversations and running jobs over silos before and after a silo joins, under constant load.</summary>
internal sealed class SiloSpread(ClusterUnderTest cluster)
{
    private const int SampleCount = 20;
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Delays before each sample; a sample itself takes some seconds.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    private readonly List<(string When, IReadOnlyDictionary<int, int> Activations, IReadOnlyDictionary<int, double> Jobs)> _samples = [];

    /// <summary>Adds a silo under load.</summary>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await SampleAsync("before", cancellationToken);
        var silo = await cluster.StartOneAsync(ClusterMemberKind.Silo, cancellationToken);
        var ready = TimeProvider.System.GetTimestamp();
        foreach (var wait in Waits)
        {
            await ScenarioContext.WaitAsync(wait, cancellationToken);
            var seconds = TimeProvider.System.GetElapsedTime(ready).TotalSeconds;
            var when = string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s after {silo.Name} was ready");
            await SampleAsync(when, cancellationToken);
        }
    }

    public void Write(MarkdownReport report)
    {
        int[] silos = [.. _samples.SelectMany(sample => sample.Activations.Keys).Distinct().Order()];
        report.Table(
            ["", .. silos.Select(silo => $"silo {silo}: conversations"), .. silos.Select(silo => $"silo {silo}: running jobs")],
            _samples.Select(sample => (IReadOnlyList<string>)
            [
                sample.When,
                .. silos.Select(silo => $"{sample.Activations.GetValueOrDefault(silo)}"),
                .. silos.Select(silo => Figure.Ratio(sample.Jobs.GetValueOrDefault(silo))),
            ]));
    }

    private async Task SampleAsync(string when, CancellationToken cancellationToken)
    {
        var jobs = new List<IReadOnlyDictionary<int, int>>();
        for (var i = 0; i < SampleCount; i++)
        {
            jobs.Add(await cluster.RunningJobsAsync(cancellationToken));
            await ScenarioContext.WaitAsync(SamplePeriod, cancellationToken);
        }

        var mean = jobs.SelectMany(sample => sample).GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value) / (double)SampleCount);
        _samples.Add((when, await cluster.ActivationsAsync("conversation", cancellationToken), mean));
    }
}
