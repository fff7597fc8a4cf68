using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <param name="Turn">The question.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Detail">What was found where it should not have been, or not found where it should; empty when all is well.</param>
internal sealed record Judgement(Turn Turn, Verdict Verdict, string Detail);
