namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The throughput from one silo to one gateway.</summary>
internal sealed record OutboxFigures(double FramesPerSecond, double FramesPerBatch);
