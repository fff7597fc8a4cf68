using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;
using StackExchange.Redis;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>
/// Deletes the membership rows in Redis under load, and measures the effect over time and after a restart by an operator.
/// </summary>
internal static class MembershipLoss
{
    public const string Name = "membership-loss";

    private const int SampleCount = 12;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    /// <summary>Returns false if a guarantee was violated.</summary>
    public static async Task<bool> RunAsync(
        ClusterUnderTest cluster, TimedModel model, int people, TimeSpan pause, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        using var crowd = await UserGroup.CreateAsync(Name, people, cluster.GatewayAddresses, cancellationToken);
        var stage = new ScenarioContext(cluster, crowd.Log.Clock);
        crowd.Begin(pause);
        await ScenarioContext.WaitAsync(Before, cancellationToken);

        var rows = new List<IReadOnlyList<string>>();
        rows.Add(await SampleAsync("before", cluster, crowd, crowd.Log.Clock.Now - Before, cancellationToken));
        stage.MarkFailure();
        stage.Note($"rows deleted: {await DeleteAsync(cluster)}");
        for (var sample = 1; sample <= SampleCount; sample++)
        {
            var from = crowd.Log.Clock.Now;
            await ScenarioContext.WaitAsync(SamplePeriod, cancellationToken);
            rows.Add(await SampleAsync(Since(stage, crowd), cluster, crowd, from, cancellationToken));
        }

        stage.Note("restarting the stopped members");
        var repairStartedAt = crowd.Log.Clock.Now;
        await cluster.RestoreAsync(cancellationToken);
        var repairedAt = crowd.Log.Clock.Now;
        await ScenarioContext.WaitAsync(After, cancellationToken);
        rows.Add(await SampleAsync($"{Since(stage, crowd)}, restarted", cluster, crowd, repairStartedAt, cancellationToken));
        await crowd.EndAsync(EndLimit);
        var account = await RunReader.ReadAsync(crowd, model, Name, stage.FailedAt, repairedAt, cancellationToken);

        report.Heading("Membership rows deleted in Redis");
        report.Line("Ready means that `/ready` returns 200. Posts and failed requests are counted since the row above.");
        report.Table(["since the deletion", "silos up", "silos ready", "gateways ready", "replies ended", "failed requests"], rows);
        ScenarioTable.Write(report, [(new Scenario(Name, "whole run", TimeSpan.Zero, (_, _) => Task.CompletedTask), account)]);
        return account.KeepsGuarantees;
    }

    private static async Task<long> DeleteAsync(ClusterUnderTest cluster)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.RedisConnection);
        var deleted = 0L;
        foreach (var key in redis.GetServers().Single().Keys(pattern: $"*members*{cluster.ClusterId}*").ToList())
        {
            deleted += await redis.GetDatabase().HashLengthAsync(key);
            await redis.GetDatabase().KeyDeleteAsync(key);
        }

        return deleted;
    }

    private static async Task<IReadOnlyList<string>> SampleAsync(
        string when, ClusterUnderTest cluster, UserGroup crowd, TimeSpan from, CancellationToken cancellationToken)
    {
        var ended = crowd.CountEnded(from);
        var failed = crowd.Log.Failures.Count(failure => failure.At >= from);
        var members = await cluster.StatusAsync(cancellationToken);
        var silos = members.Where(member => member.Kind == ClusterMemberKind.Silo).ToList();
        var gateways = members.Where(member => member.Kind == ClusterMemberKind.Gateway).ToList();
        return
        [
            when,
            Count(silos.Count(silo => silo.State == ClusterMemberState.Up)),
            Count(silos.Count(silo => silo.IsReady)),
            Count(gateways.Count(gateway => gateway.IsReady)),
            Count(ended),
            Count(failed),
        ];
    }

    private static string Since(ScenarioContext stage, UserGroup crowd) =>
        string.Create(CultureInfo.InvariantCulture, $"{(crowd.Log.Clock.Now - stage.FailedAt!.Value).TotalSeconds:F0} s");

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
