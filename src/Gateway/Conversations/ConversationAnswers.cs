using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Conversations;

internal sealed record ConversationAnswer(Conversation Conversation);

internal sealed record ConversationListAnswer(ImmutableArray<ConversationListItem> Conversations, string? Next);

/// <param name="Messages">Ascending.</param>
/// <param name="Next">The cursor for the same parameter (<c>before</c> or <c>after</c>) of the next page; null at the end.</param>
/// <param name="OpenReplies">Replies in progress, oldest first.</param>
/// <param name="Epoch">With <paramref name="Offset"/>: where to subscribe from, without a hole.</param>
/// <param name="Offset">See <paramref name="Epoch"/>.</param>
internal sealed record MessagesAnswer(ImmutableArray<Message> Messages, string? Next, ImmutableArray<Reply> OpenReplies, string Epoch, long Offset);

internal sealed record PostedAnswer(Message Message, ImmutableArray<Reply> Replies);
