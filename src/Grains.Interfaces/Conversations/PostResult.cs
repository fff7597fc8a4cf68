using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>The answer to a post: the committed turn, or why nothing was stored.</summary>
/// <param name="Turn">Set when it was accepted, now or by an earlier post with the same key.</param>
/// <param name="Refusal">Set when it was not.</param>
[GenerateSerializer, Immutable, Alias("PostResult")]
public sealed record PostResult(PostedTurn? Turn, Refusal? Refusal);

/// <summary>A message and the replies that it asked for.</summary>
/// <param name="Message">The stored message.</param>
/// <param name="Replies">As they stand now, in the order in which they will be made.</param>
/// <param name="Replayed">True when an earlier post had stored it.</param>
[GenerateSerializer, Immutable, Alias("PostedTurn")]
public sealed record PostedTurn(Message Message, ImmutableArray<Reply> Replies, bool Replayed);
