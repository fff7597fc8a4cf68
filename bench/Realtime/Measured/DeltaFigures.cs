namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The results for replies that are being generated.</summary>
/// <param name="Lag">From sending a piece by the model to its arrival at the connection.</param>
/// <param name="PiecesPerSecond">Over all replies.</param>
/// <param name="PiecesPerFrame">Average number of pieces in one frame.</param>
internal sealed record DeltaFigures(Timing Lag, double PiecesPerSecond, double PiecesPerFrame)
{
    public static DeltaFigures MedianOf(IReadOnlyList<DeltaFigures> rounds) => new(
        Timing.MedianOf([.. rounds.Select(round => round.Lag)]),
        rounds.Select(round => round.PiecesPerSecond).Order().ElementAt(rounds.Count / 2),
        rounds.Select(round => round.PiecesPerFrame).Order().ElementAt(rounds.Count / 2));
}
