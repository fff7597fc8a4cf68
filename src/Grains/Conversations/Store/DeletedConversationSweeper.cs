using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations.Store;

/// <summary>
/// Deletes the rows of conversations that were deleted an hour ago: messages, replies, events, and finally the conversation; a bounded
/// number every five seconds. Job rows belong to the queue, which deletes ended jobs itself.
/// </summary>
/// <remarks>
/// The grace period is for runs that were active when the conversation was deleted: they find the end of their reply in the store and stop.
/// </remarks>
internal sealed class DeletedConversationSweeper(IWriteBatcher writes, TimeProvider time, ILogger<DeletedConversationSweeper> logger)
    : StoreSweeper(TimeSpan.FromSeconds(5), "Rows of deleted conversations", writes, time, logger)
{
    public static readonly TimeSpan GracePeriod = TimeSpan.FromHours(1);

    private const string DeleteEvents =
        """
        delete from channel_events where channel in (
            select 'conversation:' || id from conversations where deleted_at < @before order by deleted_at limit 10)
        """;

    private const string DeleteMessages =
        """
        delete from messages where id in (
            select m.id from messages m join conversations c on c.id = m.conversation_id where c.deleted_at < @before limit 2000)
        """;

    private const string DeleteReplies =
        """
        delete from replies where ended_at is not null and id in (
            select r.id from replies r join conversations c on c.id = r.conversation_id where c.deleted_at < @before limit 2000)
        """;

    private const string DeleteConversations =
        """
        delete from conversations where id in (
            select c.id from conversations c where c.deleted_at < @before
                and not exists (select 1 from messages m where m.conversation_id = c.id)
                and not exists (select 1 from replies r where r.conversation_id = c.id)
                and not exists (select 1 from channel_events e where e.channel = 'conversation:' || c.id)
            order by c.deleted_at limit 200)
        """;

    /// <summary>A conversation is deleted in parts, and its own row is deleted last.</summary>
    protected override IEnumerable<Statement> CreateStatements(DateTimeOffset now)
    {
        var before = (now - GracePeriod).ToUnixTimeMilliseconds();
        string[] deletes = [DeleteEvents, DeleteMessages, DeleteReplies, DeleteConversations];
        return deletes.Select(delete => new Statement(delete, ("before", before)));
    }
}
