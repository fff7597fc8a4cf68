namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The results of one server.</summary>
/// <param name="Idle">Costs of idle WebSocket connections with JSON.</param>
/// <param name="FanOut">One timing per round.</param>
/// <param name="Deltas">One result per round for each load.</param>
/// <param name="FramesPerSecond">From the publishing process to the process with the connections; one result per round.</param>
internal sealed record RealtimeFigures(
    string Name,
    IdleCost Idle,
    IReadOnlyList<Timing> FanOut,
    IReadOnlyDictionary<DeltaLoad, IReadOnlyList<DeltaFigures>> Deltas,
    IReadOnlyList<double> FramesPerSecond)
{
    /// <summary>Costs of idle event streams; only for the product.</summary>
    public IdleCost? Events { get; init; }

    /// <summary>Only for the product.</summary>
    public SlowReader? SlowReader { get; init; }

    /// <summary>Only for the product.</summary>
    public DrainFigures? Drain { get; init; }

    /// <summary>Only for the product.</summary>
    public double? FramesPerBatch { get; init; }
}
