namespace JubileeVerse.Conversations;

/// <summary>A conversation as a list shows it.</summary>
/// <param name="Conversation">Its properties.</param>
/// <param name="LastMessage">The newest message; null before the first.</param>
/// <param name="Unread">Answers after the last one read.</param>
[GenerateSerializer, Immutable, Alias("ConversationSummary")]
public sealed record ConversationSummary(Conversation Conversation, MessagePreview? LastMessage, int Unread);
