using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>Lists and pages, read from the tables. A stateless worker; key 0. What is not the person's is not there.</summary>
[Alias("IConversationQueries")]
public interface IConversationQueries : IGrainWithIntegerKey
{
    /// <summary>Newest activity first.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<Page<ConversationSummary>> ListAsync(UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken);

    /// <summary>Null when the conversation is not there.</summary>
    [Idempotent, Alias("MessagesAsync")]
    Task<MessagePage?> MessagesAsync(UserId userId, ConversationId id, MessagePageRequest page, CancellationToken cancellationToken);

    /// <summary>As stored: an open reply's text lives in its conversation's grain. Null when there is none.</summary>
    [Idempotent, Alias("FindReplyAsync")]
    Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);

    /// <summary>The answer that a reply made; null while there is none.</summary>
    [Idempotent, Alias("FindAnswerAsync")]
    Task<Message?> FindAnswerAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);

    /// <summary>The message itself; null when there is none.</summary>
    [Idempotent, Alias("FindMessageAsync")]
    Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken);
}
