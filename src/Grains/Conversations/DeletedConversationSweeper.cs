using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

/// <summary>
/// Removes the rows of conversations that were deleted an hour ago: messages, replies, events, and the conversation when nothing is left
/// of it; a bounded number every five seconds. Rows of jobs are the queue's, which removes ended ones by itself.
/// </summary>
/// <remarks>
/// The hour is for runs that were under way when it was deleted: they find their reply's end in the store, and stop.
/// </remarks>
internal sealed class DeletedConversationSweeper(IWriteBatcher writes, TimeProvider time, ILogger<DeletedConversationSweeper> logger)
    : StoreSweeper(TimeSpan.FromSeconds(5), "Rows of deleted conversations", writes, time, logger)
{
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

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

    /// <summary>A conversation goes piece by piece, and last its own row.</summary>
    protected override IEnumerable<Statement> Removals(DateTimeOffset now)
    {
        var before = (now - Grace).ToUnixTimeMilliseconds();
        string[] deletes = [DeleteEvents, DeleteMessages, DeleteReplies, DeleteConversations];
        return deletes.Select(delete => new Statement(delete, ("before", before)));
    }
}
