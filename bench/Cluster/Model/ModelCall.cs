namespace JubileeVerse.Bench.Cluster.Model;

/// <summary>A call of the model.</summary>
/// <param name="Mark">The mark of the message.</param>
/// <param name="Text">The whole reply, which is unique for each call.</param>
internal sealed record ModelCall(string Mark, string Text);
