using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Realtime.History;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

internal sealed class SqlConversationStore(IDatabase database, IWriteBatcher batcher) : IConversationStore
{
    public async Task<LoadedConversation?> LoadAsync(ConversationId id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ConversationRow>(
            $"select {ConversationRow.Columns} from conversations c where c.id = @id", new { id = id.ToString() });
        if (row is null)
            return null;

        var replies = (await connection.QueryAsync<ReplyRow>(
            $"select {ReplyRow.Columns} from replies r where r.conversation_id = @id and r.ended_at is null order by r.ordinal",
            new { id = id.ToString() })).AsList();
        var jobs = replies.Count > 0 ? await OpenJobsAsync(connection, id) : [];
        var lastOrdinal = await connection.ExecuteScalarAsync<long>(
            "select coalesce(max(ordinal), 0) from replies where conversation_id = @id", new { id = id.ToString() });

        return new LoadedConversation(row.ToHead(), [.. replies.Select(reply => ToOpenReply(reply, jobs))], lastOrdinal + 1);
    }

    public Task CreateAsync(ConversationHead head, CancellationToken cancellationToken) =>
        batcher.CommitAsync(new WriteUnit(ConversationStatements.Create(head)), cancellationToken);

    public Task CommitAsync(ConversationWrite write, CancellationToken cancellationToken)
    {
        var now = write.At.ToUnixTimeMilliseconds();
        Statement[] statements =
        [
            ConversationStatements.Update(write.Head, write.FromVersion),
            .. write.Messages.Select(ConversationStatements.Message),
            .. write.ReplyEnds.Select(ConversationStatements.End),
            .. write.ReopenedReplies.Select(ConversationStatements.Reopen),
            .. write.NewReplies.Select(reply => ConversationStatements.Reply(reply, write.Head)),
            .. write.Jobs.Select(job => JobStatements.Insert(job)),
            .. write.Events.SelectMany(frame => ChannelEventStatements.Add(frame, now)),
        ];
        return batcher.CommitAsync(new WriteUnit(statements), cancellationToken);
    }

    public async Task<StoredTurn?> FindTurnAsync(ConversationId id, string clientKey, CancellationToken cancellationToken)
    {
        var key = new { id = id.ToString(), key = clientKey };
        await using var connection = await database.OpenAsync(cancellationToken);
        var regenerated = (await connection.QueryAsync<ReplyRow>(
            $"""
            select {ReplyRow.Columns} from replies r
            where r.conversation_id = @id and r.client_key = @key order by r.ordinal
            """, key)).AsList();
        var message = await connection.QuerySingleOrDefaultAsync<MessageRow>(
            $"""
            select {MessageRow.Columns} from messages m
            where m.conversation_id = @id and (m.client_message_id = @key or m.id = @messageId)
            """, new { key.id, key.key, messageId = regenerated.FirstOrDefault()?.MessageId });
        if (message is null)
            return null;

        var replies = regenerated.Count > 0 ? regenerated : await connection.QueryAsync<ReplyRow>(
            $"select {ReplyRow.Columns} from replies r where r.message_id = @messageId and r.client_key is null order by r.ordinal",
            new { messageId = message.Id });
        var requestHash = regenerated.Count > 0 ? message.Id : message.RequestHash;
        return new StoredTurn(message.ToMessage(), requestHash, [.. replies.Select(row => row.ToReply())]);
    }

    public async Task<ImmutableArray<PromptMessageRow>> RecentPromptMessagesAsync(
        ConversationId id, long messageSeq, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var newestFirst = await connection.QueryAsync<PromptMessageRow>(
            """
            select m.role as Role, m.persona_id as PersonaId, m.content as Content, m.seq as Seq, coalesce(r.message_seq, m.seq) as TurnSeq
            from messages m left join replies r on r.id = m.reply_id
            where m.conversation_id = @id and coalesce(r.message_seq, m.seq) <= @messageSeq order by m.seq desc limit @limit
            """,
            new { id = id.ToString(), messageSeq, limit });
        return [.. newestFirst.Reverse()];
    }

    public async Task<Reply?> FindReplyAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ReplyRow>(
            $"select {ReplyRow.Columns} from replies r where r.id = @replyId and r.conversation_id = @id",
            new { id = id.ToString(), replyId = replyId.ToString() });
        return row?.ToReply();
    }

    public async Task<OpenReply?> FindFailedReplyAsync(ConversationId id, ReplyId replyId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ReplyRow>(
            $"select {ReplyRow.Columns} from replies r where r.id = @replyId and r.conversation_id = @id and r.status = 'failed'",
            new { id = id.ToString(), replyId = replyId.ToString() });
        return row is null ? null : ToOpenReply(row, []);
    }

    public async Task<MessageWithReplies?> FindWithRepliesAsync(ConversationId id, MessageId messageId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var message = await connection.QuerySingleOrDefaultAsync<MessageRow>(
            $"""
            select {MessageRow.Columns} from messages m
            where m.conversation_id = @id and m.reply_id is null and m.id = coalesce(
                (select a.in_reply_to from messages a where a.id = @messageId), @messageId)
            """, new { id = id.ToString(), messageId = messageId.ToString() });
        if (message is null)
            return null;

        var replies = await connection.QueryAsync<ReplyMessageRow>(
            """
            select r.persona_id as PersonaId, a.id as MessageId
            from replies r left join messages a on a.reply_id = r.id where r.message_id = @messageId order by r.ordinal
            """, new { messageId = message.Id });
        return new MessageWithReplies(message.ToMessage(), ReplyMessageRow.FirstPerPersona(replies.AsList(), messageId.ToString()));
    }

    private static async Task<Dictionary<string, Job>> OpenJobsAsync(DbConnection connection, ConversationId id)
    {
        var rows = await connection.QueryAsync<JobRow>(
            $"select {JobRow.Columns} from jobs j where j.queue = @queue and j.order_key = @id and j.ended_at is null",
            new { queue = QueueNames.AiResponse, id = id.ToString() });
        return rows.ToDictionary(row => row.Id, row => row.ToJob());
    }

    private static OpenReply ToOpenReply(ReplyRow row, Dictionary<string, Job> jobs) => new(
        ReplyId.Parse(row.Id),
        ConversationId.Parse(row.ConversationId),
        MessageId.Parse(row.MessageId),
        row.MessageSeq,
        row.Ordinal,
        PersonaId.Parse(row.PersonaId),
        row.ClientKey,
        row.VariantOf is null ? null : MessageId.Parse(row.VariantOf),
        UnixTime.FromMilliseconds(row.CreatedAt),
        jobs.GetValueOrDefault(row.Id));
}
