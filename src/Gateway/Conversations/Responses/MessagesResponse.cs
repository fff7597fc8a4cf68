using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Conversations.Responses;

/// <param name="Messages">In ascending order of their sequence numbers.</param>
/// <param name="Next">The cursor for the same parameter (<c>before</c> or <c>after</c>) of the next page; null at the end.</param>
/// <param name="OpenReplies">Oldest first.</param>
/// <param name="Epoch">With <paramref name="Offset"/>, the position from which a subscription misses no event after this page.</param>
/// <param name="Offset">See <paramref name="Epoch"/>.</param>
internal sealed record MessagesResponse(
    ImmutableArray<Message> Messages, string? Next, ImmutableArray<Reply> OpenReplies, string Epoch, long Offset);
