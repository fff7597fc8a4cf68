using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>Each query of it ends with the same exception.</summary>
internal sealed class BrokenReader(Exception fault) : IConversationReader
{
    public Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken) => throw fault;

    public Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken) => throw fault;

    public Task<MessagePage?> MessagesAsync(
        UserId userId, ConversationId id, MessagePageRequest page, string epoch, CancellationToken cancellationToken) => throw fault;

    public Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) => throw fault;

    public Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken) => throw fault;

    public Task<Message?> FindAnswerAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) => throw fault;
}
