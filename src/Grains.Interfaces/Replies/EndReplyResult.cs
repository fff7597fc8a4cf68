namespace JubileeVerse.Replies;

/// <summary>The result of a run's attempt to end a reply.</summary>
/// <param name="Accepted">True if the end of this run was stored, now or before; false if the reply has ended otherwise.</param>
/// <param name="Status">The reply's final status.</param>
[GenerateSerializer, Immutable, Alias("EndReplyResult")]
public sealed record EndReplyResult(bool Accepted, ReplyStatus Status);
