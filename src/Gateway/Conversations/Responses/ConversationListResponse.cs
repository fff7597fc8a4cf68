using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Conversations.Responses;

internal sealed record ConversationListResponse(ImmutableArray<ConversationListItem> Conversations, string? Next);
