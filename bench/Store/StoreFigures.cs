using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Store;

/// <summary>What one store's writer did.</summary>
/// <param name="Storage">Which.</param>
/// <param name="OneByOnePerSecond">Each unit waits for the one before it.</param>
/// <param name="BatchedPerSecond">Many wait together.</param>
/// <param name="MeanBatchUnits">Units of a batch while many waited.</param>
/// <param name="BatchDurations">From sending a batch until its commit was known.</param>
internal sealed record StoreFigures(
    string Storage, double OneByOnePerSecond, double BatchedPerSecond, double MeanBatchUnits, Latencies BatchDurations);
