using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;
using StackExchange.Redis;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Redis forgets who belongs to the cluster, under load: what happens, minute by minute, and how an operator gets out of it.</summary>
internal static class MembershipLoss
{
    public const string Name = "membership-loss";

    private const int LookCount = 12;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    /// <summary>False: the promise was broken.</summary>
    public static async Task<bool> RunAsync(
        ClusterUnderTest cluster, TimedModel model, int people, TimeSpan pause, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        using var crowd = await Crowd.GatherAsync(Name, people, cluster.GatewayAddresses, cancellationToken);
        var stage = new Stage(cluster, crowd.Log.Clock);
        crowd.Begin(pause);
        await Stage.WaitAsync(Before, cancellationToken);

        var rows = new List<IReadOnlyList<string>>();
        rows.Add(await LookAsync("before", cluster, crowd, crowd.Log.Clock.Now - Before, cancellationToken));
        stage.Fails();
        stage.Note($"rows deleted: {await DeleteAsync(cluster)}");
        for (var look = 1; look <= LookCount; look++)
        {
            var from = crowd.Log.Clock.Now;
            await Stage.WaitAsync(LookPeriod, cancellationToken);
            rows.Add(await LookAsync(Since(stage, crowd), cluster, crowd, from, cancellationToken));
        }

        stage.Note("what has ended is started again");
        var mendedFrom = crowd.Log.Clock.Now;
        await cluster.RestoreAsync(cancellationToken);
        var mendedAt = crowd.Log.Clock.Now;
        await Stage.WaitAsync(After, cancellationToken);
        rows.Add(await LookAsync($"{Since(stage, crowd)}, started again", cluster, crowd, mendedFrom, cancellationToken));
        await crowd.EndAsync(EndLimit);
        var account = await Reading.AccountAsync(crowd, model, Name, stage.FailedAt, mendedAt, cancellationToken);

        report.Heading("The membership's rows deleted in Redis");
        report.Line("Ready means that `/ready` answers 200. Posts and failed requests are those of the time since the line above.");
        report.Table(["since the rows went", "silos up", "silos ready", "gateways ready", "posts answered", "failed requests"], rows);
        ScenarioTable.Write(report, [(new Scenario(Name, "all of it", TimeSpan.Zero, (_, _) => Task.CompletedTask), account)]);
        return account.KeepsThePromise;
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

    private static async Task<IReadOnlyList<string>> LookAsync(
        string when, ClusterUnderTest cluster, Crowd crowd, TimeSpan from, CancellationToken cancellationToken)
    {
        var answered = crowd.Answered(from);
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
            Count(answered),
            Count(failed),
        ];
    }

    private static string Since(Stage stage, Crowd crowd) =>
        string.Create(CultureInfo.InvariantCulture, $"{(crowd.Log.Clock.Now - stage.FailedAt!.Value).TotalSeconds:F0} s");

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
