using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Store;

/// <summary>The results of one store's writer.</summary>
/// <param name="OneByOnePerSecond">Rate with one unit at a time.</param>
/// <param name="BatchedPerSecond">Rate with many concurrent units.</param>
/// <param name="MeanBatchUnits">Mean number of units per batch with concurrent units.</param>
/// <param name="BatchDurations">From sending a batch until its commit is confirmed.</param>
internal sealed record StoreFigures(
    string Storage, double OneByOnePerSecond, double BatchedPerSecond, double MeanBatchUnits, Latencies BatchDurations);
