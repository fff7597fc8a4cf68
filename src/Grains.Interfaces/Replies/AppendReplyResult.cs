namespace JubileeVerse.Replies;

/// <summary>What became of appended text.</summary>
/// <param name="Accepted">False: the reply has ended or a later run has begun, so this run must stop.</param>
/// <param name="Length">UTF-16 code units held now; a worker that has sent more sends again from here.</param>
[GenerateSerializer, Immutable, Alias("AppendReplyResult")]
public readonly record struct AppendReplyResult(bool Accepted, int Length);
