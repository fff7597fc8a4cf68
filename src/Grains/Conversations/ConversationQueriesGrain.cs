using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Realtime.History;
using JubileeVerse.Replies;
using Orleans.Concurrency;

namespace JubileeVerse.Conversations;

[StatelessWorker, GrainType("conversation-queries")]
internal sealed class ConversationQueriesGrain(IConversationReader reader, ChannelEpoch epochs) : Grain, IConversationQueriesGrain
{
    public Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken) =>
        reader.ListAsync(userId, archived, persona, page, cancellationToken);

    public Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken) =>
        reader.FindAsync(userId, id, cancellationToken);

    public async Task<MessagePage?> MessagesAsync(
        UserId userId, ConversationId id, MessagePageRequest page, CancellationToken cancellationToken) =>
        await reader.MessagesAsync(userId, id, page, await epochs.GetAsync(cancellationToken), cancellationToken);

    public Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) =>
        reader.FindReplyAsync(userId, id, cancellationToken);

    public Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken) =>
        reader.FindMessageAsync(userId, id, cancellationToken);

    public Task<Message?> FindReplyMessageAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) =>
        reader.FindReplyMessageAsync(userId, id, cancellationToken);
}
