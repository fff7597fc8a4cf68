using JubileeVerse.Conversations;

namespace JubileeVerse.Gateway.Conversations.Responses;

internal sealed record ConversationResponse(Conversation Conversation);
