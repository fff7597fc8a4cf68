namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>What one server did.</summary>
/// <param name="Name">Which.</param>
/// <param name="Idle">Its links, WebSockets with JSON.</param>
/// <param name="FanOut">One a round.</param>
/// <param name="Deltas">For each load, one a round.</param>
/// <param name="FramesPerSecond">From the process that says things to the one that has the links; one a round.</param>
internal sealed record RealtimeFigures(
    string Name,
    IdleCost Idle,
    IReadOnlyList<Timing> FanOut,
    IReadOnlyDictionary<DeltaLoad, IReadOnlyList<DeltaFigures>> Deltas,
    IReadOnlyList<double> FramesPerSecond)
{
    /// <summary>Of the product alone: its streams of server-sent events.</summary>
    public IdleCost? Events { get; init; }

    /// <summary>Of the product alone.</summary>
    public SlowReader? SlowReader { get; init; }

    /// <summary>Of the product alone.</summary>
    public LinkDrain? Drain { get; init; }

    /// <summary>Of the product alone.</summary>
    public double? FramesPerBatch { get; init; }
}
