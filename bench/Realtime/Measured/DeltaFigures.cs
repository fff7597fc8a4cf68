namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>What was heard of growing answers.</summary>
/// <param name="Lag">From the model's writing of a piece to the link.</param>
/// <param name="PiecesPerSecond">Over all answers.</param>
/// <param name="PiecesPerFrame">That came together.</param>
internal sealed record DeltaFigures(Timing Lag, double PiecesPerSecond, double PiecesPerFrame)
{
    public static DeltaFigures MedianOf(IReadOnlyList<DeltaFigures> rounds) => new(
        Timing.MedianOf([.. rounds.Select(round => round.Lag)]),
        rounds.Select(round => round.PiecesPerSecond).Order().ElementAt(rounds.Count / 2),
        rounds.Select(round => round.PiecesPerFrame).Order().ElementAt(rounds.Count / 2));
}
