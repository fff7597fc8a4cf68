using System.Text.Json;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

/// <summary>The SQL statements that write a conversation; the text is the same on both databases.</summary>
internal static class ConversationStatements
{
    private const string InsertHead =
        """
        insert into conversations (id, user_id, title, personas, language, on_busy, archived, version, last_seq, read_seq,
            last_role, last_preview, created_at, last_message_at, activity_at)
        values (@id, @userId, @title, @personas, @language, @onBusy, @archived, @version, @lastSeq, @readSeq,
            @lastRole, @lastPreview, @createdAt, @lastMessageAt, @activityAt)
        """;

    // A stale version sets a NOT NULL column to null, which fails the whole write unit on both databases.
    private const string UpdateHead =
        """
        update conversations set version = case when version = @from then @version end, title = @title, language = @language,
            on_busy = @onBusy, archived = @archived, last_seq = @lastSeq, read_seq = @readSeq, last_role = @lastRole,
            last_preview = @lastPreview, last_message_at = @lastMessageAt, activity_at = @activityAt, deleted_at = @deletedAt
        where id = @id
        """;

    private const string InsertMessage =
        """
        insert into messages (conversation_id, seq, id, role, persona_id, content, language, status, reply_id, in_reply_to, variant_of,
            model, client_message_id, request_hash, created_at)
        values (@conversationId, @seq, @id, @role, @personaId, @content, @language, @status, @replyId, @inReplyTo, @variantOf, @model,
            @clientMessageId, @requestHash, @createdAt)
        """;

    private const string InsertReply =
        """
        insert into replies (id, conversation_id, message_id, message_seq, ordinal, user_id, persona_id, client_key, variant_of, status,
            attempt, created_at)
        values (@id, @conversationId, @messageId, @messageSeq, @ordinal, @userId, @personaId, @clientKey, @variantOf,
            'queued', 0, @createdAt)
        """;

    private const string EndReply =
        """
        update replies set status = @status, attempt = @attempt, text = @text, model = @model, input_tokens = @inputTokens,
            output_tokens = @outputTokens, error_code = @errorCode, error_text = @errorText, started_at = @startedAt, ended_at = @endedAt
        where id = @id and ended_at is null
        """;

    private const string ReopenReply =
        """
        update replies set status = 'queued', attempt = 0, text = null, model = null, input_tokens = null, output_tokens = null,
            error_code = null, error_text = null, started_at = null, ended_at = null
        where id = @id and status = 'failed'
        """;

    public static Statement Create(ConversationHead head) => new(
        InsertHead,
        [
            .. HeadParameters(head),
            ("userId", head.Owner.ToString()),
            ("personas", JsonSerializer.Serialize(head.Conversation.Personas)),
            ("createdAt", Unix(head.Conversation.CreatedAt)),
        ]);

    /// <summary>The fenced statement comes first in a unit, so that a stale unit does no other work.</summary>
    public static Statement Update(ConversationHead head, long fromVersion) =>
        new(UpdateHead, [.. HeadParameters(head), ("from", fromVersion), ("deletedAt", Unix(head.DeletedAt))]);

    public static Statement Message(NewMessage added)
    {
        var message = added.Message;
        return new Statement(
            InsertMessage,
            ("conversationId", message.ConversationId.ToString()),
            ("seq", message.Seq),
            ("id", message.Id.ToString()),
            ("role", EnumText<MessageRole>.Format(message.Role)),
            ("personaId", message.PersonaId?.ToString()),
            ("content", message.Content),
            ("language", message.Language),
            ("status", EnumText<MessageStatus>.Format(message.Status)),
            ("replyId", message.ReplyId?.ToString()),
            ("inReplyTo", message.InReplyTo?.ToString()),
            ("variantOf", message.VariantOf?.ToString()),
            ("model", message.Model),
            ("clientMessageId", added.ClientMessageId),
            ("requestHash", added.RequestHash),
            ("createdAt", Unix(message.CreatedAt)));
    }

    public static Statement Reply(OpenReply reply, ConversationHead head) => new(
        InsertReply,
        ("id", reply.Id.ToString()),
        ("conversationId", reply.ConversationId.ToString()),
        ("messageId", reply.MessageId.ToString()),
        ("messageSeq", reply.MessageSeq),
        ("ordinal", reply.Ordinal),
        ("userId", head.Owner.ToString()),
        ("personaId", reply.PersonaId.ToString()),
        ("clientKey", reply.ClientKey),
        ("variantOf", reply.VariantOf?.ToString()),
        ("createdAt", Unix(reply.CreatedAt)));

    public static Statement Reopen(OpenReply reply) => new(ReopenReply, ("id", reply.Id.ToString()));

    public static Statement End(ReplyEnd reply) => new(
        EndReply,
        ("id", reply.Id.ToString()),
        ("status", EnumText<ReplyStatus>.Format(reply.Status)),
        ("attempt", reply.Attempt),
        ("text", reply.Text),
        ("model", reply.Usage?.Model),
        ("inputTokens", reply.Usage?.InputTokens),
        ("outputTokens", reply.Usage?.OutputTokens),
        ("errorCode", reply.Error?.Code),
        ("errorText", reply.Error?.Text),
        ("startedAt", Unix(reply.StartedAt)),
        ("endedAt", Unix(reply.EndedAt)));

    private static (string Name, object? Value)[] HeadParameters(ConversationHead head) =>
    [
        ("id", head.Conversation.Id.ToString()),
        ("title", head.Conversation.Title),
        ("language", head.Conversation.Language),
        ("onBusy", EnumText<OnBusy>.Format(head.Conversation.OnBusy)),
        ("archived", head.Conversation.Archived),
        ("version", head.Version),
        ("lastSeq", head.LastSeq),
        ("readSeq", head.ReadSeq),
        ("lastRole", head.LastMessage is { } last ? EnumText<MessageRole>.Format(last.Role) : null),
        ("lastPreview", head.LastMessage?.Preview),
        ("lastMessageAt", Unix(head.Conversation.LastMessageAt)),
        ("activityAt", Unix(head.ActivityAt)),
    ];

    private static long Unix(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static long? Unix(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();
}
