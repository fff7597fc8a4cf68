using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A reader whose queries all throw the given exception.</summary>
internal sealed class FailingConversationReader(Exception fault) : IConversationReader
{
    public Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken) => throw fault;

    public Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken) => throw fault;

    public Task<MessagePage?> MessagesAsync(
        UserId userId, ConversationId id, MessagePageRequest page, string epoch, CancellationToken cancellationToken) => throw fault;

    public Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) => throw fault;

    public Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken) => throw fault;

    public Task<Message?> FindReplyMessageAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) => throw fault;
}
