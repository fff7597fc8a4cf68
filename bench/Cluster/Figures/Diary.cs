using System.Globalization;
using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>What a run's table does not say, for whoever looks for a cause: on the error output, with ids to find in the logs.</summary>
internal static class Diary
{
    private const int GapsShown = 3;

    public static void Write(Account account)
    {
        foreach (var judgement in account.Judgements.Where(judgement => judgement.Detail.Length > 0))
            Line($"{judgement.Verdict}: {Describe(judgement.Turn)}: {judgement.Detail}");
        foreach (var turn in account.Judgements.Select(judgement => judgement.Turn).OrderByDescending(turn => turn.LongestGap).Take(GapsShown))
            Line($"gap of {Seconds(turn.LongestGap)}: {Describe(turn)}");
        foreach (var group in account.Failures.GroupBy(failure => (failure.Request, failure.Reason, failure.Gateway.Port)))
        {
            var (request, reason, port) = group.Key;
            Line($"{group.Count()} × {request} {reason} at {port}, {Seconds(group.Min(failure => failure.At))} to {Seconds(group.Max(failure => failure.At))}");
        }

        Line($"normal after {Seconds(account.SecondsToNormal)}, kept: {account.KeepsThePromise}");
    }

    private static string Describe(Turn turn) =>
        $"{turn.Mark}, asked at {Seconds(turn.AskedAt)}, ended at {Seconds(turn.EndedAt)}, reply {turn.Accepted?.ReplyId ?? "none"}";

    private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s" : "–";

    private static void Line(string text) => Console.Error.WriteLine("  " + text);
}
