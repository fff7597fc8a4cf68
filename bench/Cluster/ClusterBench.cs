using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Cluster.Tables;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster;

/// <summary>Runs a real cluster under load while parts of it fail.</summary>
internal static class ClusterBench
{
    private const int SiloCount = 3;
    private const int GatewayCount = 2;

    /// <summary>With the duration of a reply, this gives about ten posts per second for thirty users.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.9);

    public static IReadOnlyCollection<string> Names { get; } =
        [.. ScenarioList.All.Select(scenario => scenario.Name), CrossGateway.Name, MembershipLoss.Name, Growth.Name, FiftyJobs.Name];

    /// <summary>Returns false if a guarantee was violated.</summary>
    public static async Task<bool> RunAsync(ClusterArguments arguments, MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var model = await TimedModel.StartAsync(cancellationToken);
        var succeeded = true;
        if (Names.Any(name => name is not (Growth.Name or FiftyJobs.Name) && arguments.Wants(name)))
        {
            var settings = ClusterSettings.For(model);
            await using var cluster = await ClusterUnderTest.StartAsync(SiloCount, GatewayCount, settings, cancellationToken);
            await WarmUp.RunAsync(cluster, arguments.People, Pause, cancellationToken);
            succeeded &= await ScenariosAsync(arguments, cluster, model, report, cancellationToken);
            if (arguments.Wants(CrossGateway.Name))
                succeeded &= await CrossGateway.RunAsync(cluster, model, report, cancellationToken);
            if (arguments.Wants(MembershipLoss.Name))
                succeeded &= await MembershipLoss.RunAsync(cluster, model, arguments.People, Pause, report, cancellationToken);
            if (arguments.LogFolder is { } folder)
                cluster.CopyLogs(folder);
        }

        if (arguments.Wants(Growth.Name))
            await Growth.RunAsync(model, report, cancellationToken);
        if (arguments.Wants(FiftyJobs.Name))
            succeeded &= await FiftyJobs.RunAsync(model, report, cancellationToken);
        return succeeded;
    }

    private static async Task<bool> ScenariosAsync(
        ClusterArguments arguments, ClusterUnderTest cluster, TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        var results = new List<(Scenario Scenario, RunResult Account)>();
        var succeeded = true;
        foreach (var scenario in ScenarioList.All.Where(scenario => arguments.Wants(scenario.Name)))
        {
            try
            {
                var account = await ScenarioRun.RunAsync(scenario, cluster, model, arguments.People, Pause, cancellationToken);
                RunLog.Write(account);
                results.Add((scenario, account));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Continue with the other scenarios. The row of this one is missing, and the exit code reports the failure.
                Console.Error.WriteLine(exception);
                succeeded = false;
                await cluster.RestoreAsync(cancellationToken);
            }
        }

        if (results.Count == 0)
            return succeeded;
        report.Heading("Failures under load");
        report.Line(
            $"{SiloCount} silos, {GatewayCount} gateways, {arguments.People} users with about ten posts per second in total, "
            + $"a model with replies of {Figure.Seconds(model.Duration)}, limits disabled. A client retries at the other gateway "
            + "with the same key, and resumes a broken stream.");
        ScenarioTable.Write(report, results);
        return succeeded && results.All(result => result.Account.KeepsGuarantees);
    }
}
