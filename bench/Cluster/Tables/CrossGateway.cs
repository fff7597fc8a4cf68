using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Replies that are asked for at one gateway and awaited at the other.</summary>
internal static class CrossGateway
{
    public const string Name = "cross-gateway";

    private const int PersonCount = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>False: not all came whole, once.</summary>
    public static async Task<bool> RunAsync(ClusterUnderTest cluster, TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        var gateways = cluster.GatewayAddresses();
        var at = gateways[0];
        using var crowd = await Crowd.GatherAsync(Name, PersonCount, () => [at], cancellationToken);
        var turns = await Task.WhenAll(crowd.People.Select(person => person.AskAsync(cancellationToken)));

        at = gateways[1];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await Task.WhenAll(crowd.People.Zip(turns, (person, turn) => person.ListenAsync(turn, limit.Token)));

        var account = await Reading.AccountAsync(crowd, model, Name, null, null, cancellationToken);
        var heard = account.Count(Verdict.AnsweredOnce);
        report.Heading("Asked at one gateway, awaited at the other");
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{PersonCount} replies posted at gateway 1, all streams opened at gateway 2: {heard} came there whole, once; "
            + $"{account.Failures.Count} requests failed."));
        return heard == PersonCount;
    }
}
