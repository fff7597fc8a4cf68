using JubileeVerse.Errors;

namespace JubileeVerse.Conversations;

/// <summary>The result of a post: the committed turn, or why nothing was stored.</summary>
/// <param name="Turn">Set if this post, or an earlier one with the same key, was accepted.</param>
/// <param name="Refusal">Set if the post was refused.</param>
[GenerateSerializer, Immutable, Alias("PostResult")]
public sealed record PostResult(PostedTurn? Turn, Refusal? Refusal);
