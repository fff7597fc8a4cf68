using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Cluster.Tables;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster;

/// <summary>A real cluster under load while its parts die.</summary>
internal static class ClusterBench
{
    private const int SiloCount = 3;
    private const int GatewayCount = 2;

    /// <summary>Answer and pause together make about ten posts a second of thirty people.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.9);

    public static IReadOnlyCollection<string> Names { get; } =
        [.. ScenarioList.All.Select(scenario => scenario.Name), CrossGateway.Name, MembershipLoss.Name, Growth.Name, FiftyJobs.Name];

    /// <summary>False: something that must be zero is not.</summary>
    public static async Task<bool> RunAsync(ClusterArguments arguments, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var model = await TimedModel.StartAsync(cancellationToken);
        var isKept = true;
        if (Names.Any(name => name is not (Growth.Name or FiftyJobs.Name) && arguments.Wants(name)))
        {
            await using var cluster = await ClusterUnderTest.StartAsync(SiloCount, GatewayCount, ClusterSettings.For(model), cancellationToken);
            await WarmUp.RunAsync(cluster, arguments.People, Pause, cancellationToken);
            isKept &= await ScenariosAsync(arguments, cluster, model, report, cancellationToken);
            if (arguments.Wants(CrossGateway.Name))
                isKept &= await CrossGateway.RunAsync(cluster, model, report, cancellationToken);
            if (arguments.Wants(MembershipLoss.Name))
                isKept &= await MembershipLoss.RunAsync(cluster, model, arguments.People, Pause, report, cancellationToken);
            if (arguments.LogFolder is { } folder)
                cluster.CopyLogs(folder);
        }

        if (arguments.Wants(Growth.Name))
            await Growth.RunAsync(model, report, cancellationToken);
        if (arguments.Wants(FiftyJobs.Name))
            isKept &= await FiftyJobs.RunAsync(model, report, cancellationToken);
        return isKept;
    }

    private static async Task<bool> ScenariosAsync(
        ClusterArguments arguments, ClusterUnderTest cluster, TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        var results = new List<(Scenario Scenario, Account Account)>();
        var isRun = true;
        foreach (var scenario in ScenarioList.All.Where(scenario => arguments.Wants(scenario.Name)))
        {
            try
            {
                var account = await ScenarioRun.RunAsync(scenario, cluster, model, arguments.People, Pause, cancellationToken);
                Diary.Write(account);
                results.Add((scenario, account));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The others are worth their time all the same; this one's row is missing, and the exit code tells.
                Console.Error.WriteLine(exception);
                isRun = false;
                await cluster.RestoreAsync(cancellationToken);
            }
        }

        if (results.Count == 0)
            return isRun;
        report.Heading("While its parts die");
        report.Line(
            $"{SiloCount} silos, {GatewayCount} gateways, {arguments.People} people with about ten posts a second together, a model of "
            + $"{Figure.Seconds(model.Duration)}, limits off. A client asks again at the other gateway under the same key, and resumes a stream where it broke.");
        ScenarioTable.Write(report, results);
        return isRun && results.All(result => result.Account.KeepsThePromise);
    }
}
