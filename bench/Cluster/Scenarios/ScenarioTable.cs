using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>The tables with one row per scenario.</summary>
internal static class ScenarioTable
{
    private static readonly string[] GuaranteeColumns =
        ["", "accepted", "answered once", "duplicated", "lost", "never ended", "failed or cancelled", "wrong text", "model calls"];

    private static readonly string[] CostColumns =
    [
        "", "failed requests", "visible to users", "streams moved", "longest gap", "median, slowest reply", "failure duration",
        "seconds to normal",
    ];

    public static void Write(MarkdownReport report, IReadOnlyList<(Scenario Scenario, RunResult Account)> results)
    {
        report.Table(GuaranteeColumns, results.Select(result => GuaranteeRow(result.Scenario, result.Account)));
        report.Table(CostColumns, results.Select(result => CostRow(result.Scenario, result.Account)));
        report.Table(["", "failed requests by kind and reason"], results
            .Where(result => result.Account.Failures.Count > 0)
            .Select(result => (IReadOnlyList<string>)[result.Scenario.Title, Reasons(result.Account.Failures)]));
    }

    private static IReadOnlyList<string> GuaranteeRow(Scenario scenario, RunResult account) =>
    [
        scenario.Title,
        Count(account.Accepted),
        Count(account.Count(Verdict.RepliedOnce)),
        Count(account.Count(Verdict.Duplicated)),
        Count(account.Count(Verdict.Lost)),
        Count(account.Count(Verdict.NeverEnded)),
        Count(account.Count(Verdict.FailedOrCancelled)),
        Count(account.Count(Verdict.WrongText)),
        Count(account.CallCount),
    ];

    private static IReadOnlyList<string> CostRow(Scenario scenario, RunResult account) =>
    [
        scenario.Title,
        Count(account.Failures.Count),
        Count(account.VisibleFailures),
        Count(account.Moves),
        Seconds(account.LongestGap),
        $"{Seconds(account.Median)}, {Seconds(account.Slowest)}",
        Seconds(account.RepairedAt - account.FailedAt),
        Seconds(account.SecondsToNormal),
    ];

    private static string Reasons(IEnumerable<FailedRequest> failures) => string.Join(", ", failures
        .GroupBy(failure => $"{failure.Request} {failure.Reason}")
        .OrderByDescending(group => group.Count())
        .Select(group => $"{Count(group.Count())} {group.Key}"));

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan? duration) => duration is { } known
        ? known.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s"
        : "–";
}
