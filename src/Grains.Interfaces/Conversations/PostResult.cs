using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>The result of a post: the committed turn, or why nothing was stored.</summary>
/// <param name="Turn">Set if this post, or an earlier one with the same key, was accepted.</param>
/// <param name="Refusal">Set if the post was refused.</param>
[GenerateSerializer, Immutable, Alias("PostResult")]
public sealed record PostResult(PostedTurn? Turn, Refusal? Refusal);

/// <summary>A message and its requested replies.</summary>
/// <param name="Replies">Their current status, in the order in which they will be generated.</param>
/// <param name="Replayed">True if an earlier post has stored the message.</param>
[GenerateSerializer, Immutable, Alias("PostedTurn")]
public sealed record PostedTurn(Message Message, ImmutableArray<Reply> Replies, bool Replayed);
