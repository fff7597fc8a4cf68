using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>Lists and pages, read from the tables. A stateless worker; key 0. Entities of other users are treated as missing.</summary>
[Alias("IConversationQueries"), GrainInterfaceType("JubileeVerse.Conversations.IConversationQueries")]
public interface IConversationQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>Newest activity first.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Null if the conversation does not exist.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken);

    /// <summary>Null if the conversation does not exist.</summary>
    [Idempotent, Alias("MessagesAsync")]
    Task<MessagePage?> MessagesAsync(UserId userId, ConversationId id, MessagePageRequest page, CancellationToken cancellationToken);

    /// <summary>The stored reply; null if it does not exist. The text of an open reply is only in the grain of its conversation.</summary>
    [Idempotent, Alias("FindReplyAsync")]
    Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);

    /// <summary>The message that a reply produced; null until there is one.</summary>
    [Idempotent, Alias("FindAnswerAsync")]
    Task<Message?> FindReplyMessageAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);

    /// <summary>Null if the message does not exist.</summary>
    [Idempotent, Alias("FindMessageAsync")]
    Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken);
}
