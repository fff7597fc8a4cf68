using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Messages that are posted at one gateway while their replies are read at the other.</summary>
internal static class CrossGateway
{
    public const string Name = "cross-gateway";

    private const int PersonCount = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns false if not all replies were received completely and exactly once.</summary>
    public static async Task<bool> RunAsync(
        ClusterUnderTest cluster, TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(Name);
        var gateways = cluster.GatewayAddresses();
        var at = gateways[0];
        using var crowd = await UserGroup.CreateAsync(Name, PersonCount, () => [at], cancellationToken);
        var turns = await Task.WhenAll(crowd.Users.Select(person => person.PostAsync(cancellationToken)));

        at = gateways[1];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await Task.WhenAll(crowd.Users.Zip(turns, (person, turn) => person.FollowAsync(turn, limit.Token)));

        var account = await RunReader.ReadAsync(crowd, model, Name, null, null, cancellationToken);
        var received = account.Count(Verdict.RepliedOnce);
        report.Heading("Posted at one gateway, read at the other");
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{PersonCount} replies posted at gateway 1, all streams opened at gateway 2: {received} were received completely and "
            + $"exactly once; {account.Failures.Count} requests failed."));
        return received == PersonCount;
    }
}
