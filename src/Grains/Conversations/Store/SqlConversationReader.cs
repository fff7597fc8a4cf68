using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Paging;
using JubileeVerse.Personas;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

internal sealed class SqlConversationReader(IDatabase database) : IConversationReader
{
    /// <summary>
    /// The maximum total length of the contents of a page, in characters of at most three bytes, because the size of an Orleans message is
    /// limited.
    /// </summary>
    public const int MaxPageLength = 1024 * 1024;

    /// <summary>The maximum number of open replies returned with a page of messages; a user may have fewer open than that.</summary>
    private const int MaxOpenReplies = 50;

    public async Task<Page<ConversationSummary>> ListAsync(
        UserId userId, bool archived, PersonaId? persona, PageRequest page, CancellationToken cancellationToken)
    {
        var after = Cursor.Parse(page.After);
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<ConversationRow>(
            $"""
            select {ConversationRow.Columns},
                (select count(*) from messages m where m.conversation_id = c.id and m.seq > c.read_seq and m.role = 'assistant') as Unread
            from conversations c
            where c.user_id = @userId and c.archived = @archived and c.deleted_at is null and (c.activity_at, c.id) < (@at, @id)
                and (@persona = '' or c.personas like @persona)
            order by c.activity_at desc, c.id desc limit @limit
            """,
            new
            {
                userId = userId.ToString(),
                archived,
                persona = persona is { } wanted ? $"%{wanted}%" : "",
                at = after.At,
                id = after.Id,
                limit = page.Limit + 1,
            })).AsList();
        return KeysetPage.Create(
            rows,
            page.Limit,
            row => new ConversationSummary(row.ToConversation(), row.ToPreview(), (int)row.Unread),
            row => Cursor.Encode(row.ActivityAt, row.Id));
    }

    public async Task<Conversation?> FindAsync(UserId userId, ConversationId id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await FindRowAsync(connection, userId, id))?.ToConversation();
    }

    public async Task<MessagePage?> MessagesAsync(
        UserId userId, ConversationId id, MessagePageRequest page, string epoch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // The channel position is read first, so that a message committed in between appears in the page and on the channel, never in
        // neither.
        if (await FindRowAsync(connection, userId, id) is not { } row)
            return null;

        var ascending = page.After is not null;
        var messages = (await connection.QueryAsync<MessageRow>(
            $"""
            select {MessageRow.Columns} from messages m
            where m.conversation_id = @id and m.seq < @before and m.seq > @after
            order by m.seq {(ascending ? "asc" : "desc")} limit @limit
            """,
            new { id = id.ToString(), before = page.Before ?? long.MaxValue, after = page.After ?? 0, limit = page.Limit + 1 })).AsList();
        var open = await connection.QueryAsync<ReplyRow>(
            $"""
            select {ReplyRow.Columns} from replies r
            where r.conversation_id = @id and r.ended_at is null order by r.ordinal limit @limit
            """,
            new { id = id.ToString(), limit = MaxOpenReplies });

        var fitting = TakeFitting(messages, page.Limit);
        return new MessagePage(
            [.. fitting.OrderBy(message => message.Seq).Select(message => message.ToMessage())],
            messages.Count > fitting.Count,
            [.. open.Select(reply => reply.ToReply())],
            epoch,
            row.Version);
    }

    public async Task<Reply?> FindReplyAsync(UserId userId, ReplyId id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ReplyRow>(
            $"""
            select {ReplyRow.Columns} from replies r join conversations c on c.id = r.conversation_id
            where r.id = @id and r.user_id = @userId and c.deleted_at is null
            """, new { id = id.ToString(), userId = userId.ToString() });
        return row?.ToReply();
    }

    public Task<Message?> FindMessageAsync(UserId userId, MessageId id, CancellationToken cancellationToken) =>
        FindMessageAsync("m.id = @id", userId, id.ToString(), cancellationToken);

    public Task<Message?> FindReplyMessageAsync(UserId userId, ReplyId id, CancellationToken cancellationToken) =>
        FindMessageAsync("m.reply_id = @id", userId, id.ToString(), cancellationToken);

    /// <summary>At least one message, and then as many as fit into the page's total length.</summary>
    private static List<MessageRow> TakeFitting(List<MessageRow> messages, int limit)
    {
        var length = 0;
        return [.. messages.Take(limit).TakeWhile((message, i) => (length += message.Content.Length) <= MaxPageLength || i == 0)];
    }

    private async Task<Message?> FindMessageAsync(string condition, UserId userId, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<MessageRow>(
            $"""
            select {MessageRow.Columns} from messages m join conversations c on c.id = m.conversation_id
            where {condition} and c.user_id = @userId and c.deleted_at is null
            """, new { id, userId = userId.ToString() });
        return row?.ToMessage();
    }

    private static Task<ConversationRow?> FindRowAsync(System.Data.Common.DbConnection connection, UserId userId, ConversationId id) =>
        connection.QuerySingleOrDefaultAsync<ConversationRow>(
            $"select {ConversationRow.Columns} from conversations c where c.id = @id and c.user_id = @userId and c.deleted_at is null",
            new { id = id.ToString(), userId = userId.ToString() });
}
