using System.Collections.Immutable;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Store;

/// <summary>A stored turn, found by its client's key.</summary>
/// <param name="RequestHash">What the key was used for: the hash of a post, or the id of the message whose replies were
/// regenerated.</param>
internal sealed record StoredTurn(Message Message, string? RequestHash, ImmutableArray<Reply> Replies);
