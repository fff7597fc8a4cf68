using System.Globalization;
using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>Writes details of a run to the error output for diagnosis, with ids to find in the logs.</summary>
internal static class RunLog
{
    private const int GapsShown = 3;

    public static void Write(RunResult account)
    {
        foreach (var judgement in account.Judgements.Where(judgement => judgement.Detail.Length > 0))
            Line($"{judgement.Verdict}: {Describe(judgement.Turn)}: {judgement.Detail}");
        var turns = account.Judgements.Select(judgement => judgement.Turn);
        foreach (var turn in turns.OrderByDescending(turn => turn.LongestGap).Take(GapsShown))
            Line($"gap of {Seconds(turn.LongestGap)}: {Describe(turn)}");
        foreach (var group in account.Failures.GroupBy(failure => (failure.Request, failure.Reason, failure.Gateway.Port)))
        {
            var (request, reason, port) = group.Key;
            var (first, last) = (group.Min(failure => failure.At), group.Max(failure => failure.At));
            Line($"{group.Count()} × {request} {reason} at {port}, {Seconds(first)} to {Seconds(last)}");
        }

        Line($"normal after {Seconds(account.SecondsToNormal)}, guarantees kept: {account.KeepsGuarantees}");
    }

    private static string Describe(Turn turn) =>
        $"{turn.Mark}, posted at {Seconds(turn.PostedAt)}, ended at {Seconds(turn.EndedAt)}, reply {turn.Accepted?.ReplyId ?? "none"}";

    private static string Seconds(TimeSpan? time) =>
        time is { } known ? known.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s" : "–";

    private static void Line(string text) => Console.Error.WriteLine("  " + text);
}
