using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>The results of a run.</summary>
/// <param name="Judgements">One per turn.</param>
/// <param name="Failures">Requests that failed during the load.</param>
/// <param name="Moves">Streams that a draining gateway closed and that continued at another one.</param>
/// <param name="Median">Median duration from the post to the end, of the replies that ended before the failure.</param>
/// <param name="Slowest">The longest duration of a reply after the failure.</param>
/// <param name="LongestGap">The longest gap between two frames at any client.</param>
/// <param name="FailedAt">When the failure began; null if there was none.</param>
/// <param name="RepairedAt">When the failed part was restored, for example by a restart.</param>
/// <param name="NormalAt">
/// The last failed request, or the end of the last reply that took more than three times the median; null if there was none.
/// </param>
/// <param name="CallCount">Number of calls of the model.</param>
internal sealed record RunResult(
    IReadOnlyList<TurnEvaluation> Judgements,
    IReadOnlyList<FailedRequest> Failures,
    int Moves,
    TimeSpan Median,
    TimeSpan Slowest,
    TimeSpan LongestGap,
    TimeSpan? FailedAt,
    TimeSpan? RepairedAt,
    TimeSpan? NormalAt,
    int CallCount)
{
    private const int SlowFactor = 3;

    private static readonly Verdict[] Promised =
        [Verdict.Duplicated, Verdict.Lost, Verdict.NeverEnded, Verdict.FailedOrCancelled, Verdict.WrongText];

    public int Accepted => Judgements.Count(judgement => judgement.Turn.Accepted is not null);

    /// <summary>
    /// Number of failures that were visible to users: posts that were given up, and replies that failed or were cancelled.
    /// </summary>
    public int VisibleFailures =>
        Judgements.Count(judgement => judgement.Turn.HasGivenUp || judgement.Verdict == Verdict.FailedOrCancelled);

    public TimeSpan? SecondsToNormal => NormalAt - FailedAt;

    public bool KeepsGuarantees => Promised.All(verdict => Count(verdict) == 0);

    public int Count(Verdict verdict) => Judgements.Count(judgement => judgement.Verdict == verdict);

    public static RunResult From(
        IReadOnlyList<TurnEvaluation> judgements,
        IReadOnlyList<FailedRequest> failures,
        int moves,
        TimeSpan? failedAt,
        TimeSpan? mendedAt,
        int calls)
    {
        var begin = failedAt ?? TimeSpan.MaxValue;
        var before = judgements.Where(judgement => judgement.Turn.EndedAt < begin)
            .Select(judgement => judgement.Turn.Duration!.Value)
            .Order()
            .ToList();
        var median = before.Count == 0 ? TimeSpan.Zero : before[before.Count / 2];
        var after = judgements.Select(judgement => judgement.Turn).Where(turn => turn.EndedAt >= begin).ToList();
        var abnormal = after.Where(turn => turn.Duration > median * SlowFactor).Select(turn => turn.EndedAt!.Value)
            .Concat(failures.Select(failure => failure.At).Where(at => at >= begin))
            .ToList();
        var ended = failedAt is null ? judgements.Select(judgement => judgement.Turn).ToList() : after;
        return new RunResult(
            judgements,
            failures,
            moves,
            median,
            ended.Select(turn => turn.Duration ?? TimeSpan.Zero).DefaultIfEmpty().Max(),
            judgements.Select(judgement => judgement.Turn.LongestGap).DefaultIfEmpty().Max(),
            failedAt,
            mendedAt,
            abnormal.Count == 0 ? failedAt : abnormal.Max(),
            calls);
    }
}
