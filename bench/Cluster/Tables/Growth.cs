using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>A cluster that begins with one silo and grows to three: replies a second, where activations and jobs are, what a process costs.</summary>
internal static class Growth
{
    public const string Name = "growth";

    /// <summary>More than all slots of three silos, so that slots are what there is too little of.</summary>
    private const int PersonCount = 60;

    private const int SiloCount = 3;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        var duration = model.Duration;
        model.Duration = AnswerTime;
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
        report.Heading("Replies a second by silos");
        report.Line($"{PersonCount} people who ask again at once, a model of {Figure.Seconds(AnswerTime)}, 10 slots a silo: 5 replies a second are possible for each.");
        report.Table(["silos", "replies a second"], rates);
        report.Heading("When a third silo joins");
        spread.Write(report);
        report.Heading("What a process costs");
        costs.Write(report);
    }

    /// <param name="spread">Not null: a third silo joins when the window is over, and the spread is looked at on both sides of that.</param>
    private static async Task<double> RateAsync(ClusterUnderTest cluster, int silos, SiloSpread? spread, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.GatherAsync($"{Name}{silos}", PersonCount, cluster.GatewayAddresses, cancellationToken);
        crowd.Begin(Pause);
        await Stage.WaitAsync(Settling, cancellationToken);
        var begin = crowd.Log.Clock.Now;
        await Stage.WaitAsync(Window, cancellationToken);
        var rate = crowd.Answered(begin) / (crowd.Log.Clock.Now - begin).TotalSeconds;
        if (spread is not null)
            await spread.JoinAsync(cancellationToken);
        await crowd.EndAsync(EndLimit);
        return rate;
    }

    private static IReadOnlyList<string> Row(int silos, double rate) => [$"{silos}", Figure.Ratio(rate)];
}
