using System.Collections.Immutable;

namespace JubileeVerse.Conversations.Store;

/// <summary>A conversation as stored.</summary>
/// <param name="OpenReplies">In the order in which they run.</param>
/// <param name="NextOrdinal">The ordinal of the next reply.</param>
internal sealed record LoadedConversation(ConversationHead Head, ImmutableArray<OpenReply> OpenReplies, long NextOrdinal);
