namespace JubileeVerse.Conversations;

/// <summary>A conversation as shown in a list.</summary>
/// <param name="LastMessage">The newest message; null before the first message.</param>
/// <param name="Unread">Number of replies after the last message that the user has read.</param>
[GenerateSerializer, Immutable, Alias("ConversationSummary")]
public sealed record ConversationSummary(Conversation Conversation, MessagePreview? LastMessage, int Unread);
