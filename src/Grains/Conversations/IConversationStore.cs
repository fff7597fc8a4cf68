using System.Collections.Immutable;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>What a conversation's grain loads and commits. Lists for people are <see cref="IConversationReader"/>'s.</summary>
internal interface IConversationStore
{
    /// <summary>Null for one that was never made.</summary>
    Task<LoadedConversation?> LoadAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Throws <c>DuplicateKeyException</c> when it is there already.</summary>
    Task CreateAsync(ConversationHead head, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a turn or an end. Throws <c>StaleWriterException</c> when somebody else has written since,
    /// <c>DuplicateKeyException</c> when the client's key was used before.
    /// </summary>
    Task CommitAsync(ConversationWrite write, CancellationToken cancellationToken);

    /// <summary>What was stored under a client's key; null when nothing was.</summary>
    Task<StoredTurn?> FindTurnAsync(ConversationId id, string clientKey, CancellationToken cancellationToken);

    /// <summary>The newest messages of the turns up to a person's message, oldest first.</summary>
    Task<ImmutableArray<TurnRow>> RecentTurnsAsync(ConversationId id, long messageSeq, int limit, CancellationToken cancellationToken);

    Task<Reply?> FindReplyAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A failed reply as it would be were it open, without its job; null when it has not failed.</summary>
    Task<OpenReply?> FindFailedAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A person's message and who has answered it, found by its own id or an answer's; null when there is none.</summary>
    Task<AnsweredMessage?> FindAnsweredAsync(ConversationId id, MessageId messageId, CancellationToken cancellationToken);
}

/// <summary>A conversation as it was stored.</summary>
/// <param name="OpenReplies">In the order in which they are made.</param>
/// <param name="NextOrdinal">The next reply's.</param>
internal sealed record LoadedConversation(ConversationHead Head, ImmutableArray<OpenReply> OpenReplies, long NextOrdinal);

/// <summary>A turn found again by its client's key.</summary>
/// <param name="RequestHash">What the key stood for: a post's hash, or the message that was to be answered once more.</param>
internal sealed record StoredTurn(Message Message, string? RequestHash, ImmutableArray<Reply> Replies);

/// <summary>A person's message, and the first answer of each persona that answered.</summary>
internal sealed record AnsweredMessage(Message Message, ImmutableArray<FirstAnswer> Answers);

/// <summary>Who has been asked, and the first answer that was given; null while there is none.</summary>
internal sealed record FirstAnswer(PersonaId PersonaId, MessageId? MessageId);
