using System.Collections.Immutable;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>Reads the messages of prompts, from memory where possible.</summary>
internal static class PromptHistoryLoader
{
    /// <summary>The maximum number of messages given to the prompt composer, which cuts further by tokens.</summary>
    private const int MaxPromptMessages = 100;

    /// <summary>
    /// The prompt messages up to a user message. A regenerated reply may belong to an older message, whose prompt messages are read from
    /// the store.
    /// </summary>
    public static async Task<ImmutableArray<PromptMessage>> GetPromptMessagesAsync(
        this IConversationStore store, ConversationState state, long messageSeq, CancellationToken cancellationToken)
    {
        state.PromptHistory ??= await LoadAsync(store, state, long.MaxValue, cancellationToken);
        var history = state.PromptHistory.Contains(messageSeq)
            ? state.PromptHistory
            : await LoadAsync(store, state, messageSeq, cancellationToken);
        return history.UpTo(messageSeq, MaxPromptMessages);
    }

    private static async Task<PromptHistory> LoadAsync(
        IConversationStore store, ConversationState state, long messageSeq, CancellationToken cancellationToken) =>
        new(await store.RecentPromptMessagesAsync(
            state.Head.Conversation.Id, messageSeq, PromptHistory.MaxMessages, cancellationToken));
}
