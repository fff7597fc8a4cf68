using JubileeVerse.Bench.Cluster.Load;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <param name="Verdict">The outcome of the turn.</param>
/// <param name="Detail">The unexpected or missing data; empty if the turn succeeded.</param>
internal sealed record TurnEvaluation(Turn Turn, Verdict Verdict, string Detail);
