using System.Globalization;
using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>One row a scenario.</summary>
internal static class ScenarioTable
{
    private static readonly string[] Promise =
        ["", "accepted", "answered once", "doubled", "lost", "never ended", "ended otherwise", "wrong text", "calls of the model"];

    private static readonly string[] Price =
        ["", "requests that failed", "of these seen by a person", "streams handed on", "longest gap", "median, slowest reply", "failure lasted", "seconds to normal"];

    public static void Write(MarkdownReport report, IReadOnlyList<(Scenario Scenario, Account Account)> results)
    {
        report.Table(Promise, results.Select(result => Kept(result.Scenario, result.Account)));
        report.Table(Price, results.Select(result => Paid(result.Scenario, result.Account)));
        report.Table(["", "failed requests, by what and why"], results
            .Where(result => result.Account.Failures.Count > 0)
            .Select(result => (IReadOnlyList<string>)[result.Scenario.Title, Reasons(result.Account.Failures)]));
    }

    private static IReadOnlyList<string> Kept(Scenario scenario, Account account) =>
    [
        scenario.Title,
        Count(account.Accepted),
        Count(account.Count(Verdict.AnsweredOnce)),
        Count(account.Count(Verdict.Doubled)),
        Count(account.Count(Verdict.Lost)),
        Count(account.Count(Verdict.NeverEnded)),
        Count(account.Count(Verdict.EndedOtherwise)),
        Count(account.Count(Verdict.WrongText)),
        Count(account.CallCount),
    ];

    private static IReadOnlyList<string> Paid(Scenario scenario, Account account) =>
    [
        scenario.Title,
        Count(account.Failures.Count),
        Count(account.Seen),
        Count(account.Moves),
        Seconds(account.LongestGap),
        $"{Seconds(account.Median)}, {Seconds(account.Slowest)}",
        Seconds(account.MendedAt - account.FailedAt),
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
