using System.Collections.Immutable;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>A message and its requested replies.</summary>
/// <param name="Replies">Their current status, in the order in which they will be generated.</param>
/// <param name="Replayed">True if an earlier post has stored the message.</param>
[GenerateSerializer, Immutable, Alias("PostedTurn")]
public sealed record PostedTurn(Message Message, ImmutableArray<Reply> Replies, bool Replayed);
