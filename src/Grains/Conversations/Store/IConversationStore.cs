using System.Collections.Immutable;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Store;

/// <summary>Loads and commits the state of a conversation's grain. Lists for users are in <see cref="IConversationReader"/>.</summary>
internal interface IConversationStore
{
    /// <summary>Returns null when the conversation was never created.</summary>
    Task<LoadedConversation?> LoadAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Throws <c>DuplicateKeyException</c> when the conversation already exists.</summary>
    Task CreateAsync(ConversationHead head, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a change. Throws <c>StaleWriterException</c> when another writer has written since, and <c>DuplicateKeyException</c> when
    /// the client's key was used before.
    /// </summary>
    Task CommitAsync(ConversationWrite write, CancellationToken cancellationToken);

    /// <summary>The turn that was stored with a client's key; null when there is none.</summary>
    Task<StoredTurn?> FindTurnAsync(ConversationId id, string clientKey, CancellationToken cancellationToken);

    /// <summary>The newest messages of the turns up to a user message, oldest first.</summary>
    Task<ImmutableArray<PromptMessageRow>> RecentPromptMessagesAsync(
        ConversationId id, long messageSeq, int limit, CancellationToken cancellationToken);

    Task<Reply?> FindReplyAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A failed reply as an open reply without its job; null when it has not failed.</summary>
    Task<OpenReply?> FindFailedReplyAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A user message with its replies, found by its own id or the id of a reply's message; null when there is none.</summary>
    Task<MessageWithReplies?> FindWithRepliesAsync(ConversationId id, MessageId messageId, CancellationToken cancellationToken);
}
