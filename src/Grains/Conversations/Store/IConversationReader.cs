using JubileeVerse.Accounts;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Store;

/// <summary>Reads conversations for users: one query per page, never one query per item.</summary>
internal interface IConversationReader
{
    Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken);

    Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken);

    Task<MessagePage?> MessagesAsync(
        UserId userId, ConversationId id, MessagePageRequest page, string epoch, CancellationToken cancellationToken);

    Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);

    Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken);

    Task<Message?> FindReplyMessageAsync(UserId userId, ReplyId id, CancellationToken cancellationToken);
}
