using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>A run's figures.</summary>
/// <param name="Judgements">One a question.</param>
/// <param name="Failures">Requests that failed, while people talked.</param>
/// <param name="Moves">Streams that a draining gateway handed on.</param>
/// <param name="Median">Of the replies that had ended before the failure, from the post to the end.</param>
/// <param name="Slowest">The longest such time after it.</param>
/// <param name="LongestGap">That any client saw.</param>
/// <param name="FailedAt">When the failure began; null without one.</param>
/// <param name="MendedAt">When what had failed was whole again, such as a server started anew.</param>
/// <param name="NormalAt">The last failed request, or the end of the last reply that took more than three medians; null if there was none.</param>
/// <param name="CallCount">Of the model.</param>
internal sealed record Account(
    IReadOnlyList<Judgement> Judgements,
    IReadOnlyList<FailedRequest> Failures,
    int Moves,
    TimeSpan Median,
    TimeSpan Slowest,
    TimeSpan LongestGap,
    TimeSpan? FailedAt,
    TimeSpan? MendedAt,
    TimeSpan? NormalAt,
    int CallCount)
{
    private const int SlowFactor = 3;

    private static readonly Verdict[] Promised = [Verdict.Doubled, Verdict.Lost, Verdict.NeverEnded, Verdict.EndedOtherwise, Verdict.WrongText];

    public int Accepted => Judgements.Count(judgement => judgement.Turn.Accepted is not null);

    /// <summary>Posts and answers of which a person saw that they did not work.</summary>
    public int Seen => Judgements.Count(judgement => judgement.Turn.HasGivenUp || judgement.Verdict == Verdict.EndedOtherwise);

    public TimeSpan? SecondsToNormal => NormalAt - FailedAt;

    public bool KeepsThePromise => Promised.All(verdict => Count(verdict) == 0);

    public int Count(Verdict verdict) => Judgements.Count(judgement => judgement.Verdict == verdict);

    public static Account Of(
        IReadOnlyList<Judgement> judgements, IReadOnlyList<FailedRequest> failures, int moves, TimeSpan? failedAt, TimeSpan? mendedAt, int calls)
    {
        var begin = failedAt ?? TimeSpan.MaxValue;
        var before = judgements.Where(judgement => judgement.Turn.EndedAt < begin).Select(judgement => judgement.Turn.Duration!.Value).Order().ToList();
        var median = before.Count == 0 ? TimeSpan.Zero : before[before.Count / 2];
        var after = judgements.Select(judgement => judgement.Turn).Where(turn => turn.EndedAt >= begin).ToList();
        var abnormal = after.Where(turn => turn.Duration > median * SlowFactor).Select(turn => turn.EndedAt!.Value)
            .Concat(failures.Select(failure => failure.At).Where(at => at >= begin))
            .ToList();
        var ended = failedAt is null ? judgements.Select(judgement => judgement.Turn).ToList() : after;
        return new Account(
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
