using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>
/// A cluster that grows from one silo to three: throughput, the distribution of activations and jobs, and the costs of a process.
/// </summary>
internal static class Growth
{
    public const string Name = "growth";

    /// <summary>More than all slots of three silos, so that slots are the bottleneck.</summary>
    private const int PersonCount = 60;

    private const int SiloCount = 3;
    private static readonly TimeSpan ReplyDuration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        var duration = model.Duration;
        model.Duration = ReplyDuration;
        var rates = new List<IReadOnlyList<string>>();
        var costs = new ProcessCosts();
        SiloSpread spread;
        await using (var cluster = await ClusterUnderTest.StartAsync(1, 1, ClusterSettings.For(model), cancellationToken))
        {
            spread = new SiloSpread(cluster);
            await costs.MeasureAsync(cluster, ClusterMemberKind.Gateway, cancellationToken);
            rates.Add(Row(1, await RateAsync(cluster, 1, null, cancellationToken)));
            await costs.MeasureAsync(cluster, ClusterMemberKind.Silo, cancellationToken);
            rates.Add(Row(2, await RateAsync(cluster, 2, spread, cancellationToken)));
            rates.Add(Row(SiloCount, await RateAsync(cluster, SiloCount, null, cancellationToken)));
        }

        model.Duration = duration;
        report.Heading("Replies per second by number of silos");
        report.Line(
            $"{PersonCount} users who post again at once, a model with replies of {Figure.Seconds(ReplyDuration)}, 10 slots per silo: "
            + "at most 5 replies per second and silo.");
        report.Table(["silos", "replies per second"], rates);
        report.Heading("Distribution when a third silo joins");
        spread.Write(report);
        report.Heading("Costs of a process");
        costs.Write(report);
    }

    /// <param name="spread">
    /// If it is not null, a third silo joins after the window, and the distribution is measured before and after that.
    /// </param>
    private static async Task<double> RateAsync(
        ClusterUnderTest cluster, int silos, SiloSpread? spread, CancellationToken cancellationToken)
    {
        using var crowd = await UserGroup.CreateAsync($"{Name}{silos}", PersonCount, cluster.GatewayAddresses, cancellationToken);
        crowd.Begin(Pause);
        await ScenarioContext.WaitAsync(Settling, cancellationToken);
        var begin = crowd.Log.Clock.Now;
        await ScenarioContext.WaitAsync(Window, cancellationToken);
        var rate = crowd.CountEnded(begin) / (crowd.Log.Clock.Now - begin).TotalSeconds;
        if (spread is not null)
            await spread.JoinAsync(cancellationToken);
        await crowd.EndAsync(EndLimit);
        return rate;
    }

    private static IReadOnlyList<string> Row(int silos, double rate) => [$"{silos}", Figure.Ratio(rate)];
}
