namespace JubileeVerse.Bench.Cluster.Model;

/// <summary>One call of the model.</summary>
/// <param name="Mark">The mark of the question that was answered.</param>
/// <param name="Text">The whole answer; no other call has the same.</param>
internal sealed record ModelCall(string Mark, string Text);
