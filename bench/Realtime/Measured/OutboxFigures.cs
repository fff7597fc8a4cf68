namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>What one silo brought to one gateway.</summary>
internal sealed record OutboxFigures(double FramesPerSecond, double FramesPerBatch);
