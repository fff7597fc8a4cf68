using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

/// <summary>A row of <c>messages</c>.</summary>
internal sealed class MessageRow
{
    public const string Columns =
        """
        m.id as Id, m.conversation_id as ConversationId, m.seq as Seq, m.role as Role, m.persona_id as PersonaId, m.content as Content,
        m.language as Language, m.status as Status, m.reply_id as ReplyId, m.in_reply_to as InReplyTo, m.variant_of as VariantOf,
        m.model as Model, m.request_hash as RequestHash, m.created_at as CreatedAt
        """;

    public string Id { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public long Seq { get; init; }

    public string Role { get; init; } = "";

    public string? PersonaId { get; init; }

    public string Content { get; init; } = "";

    public string? Language { get; init; }

    public string Status { get; init; } = "";

    public string? ReplyId { get; init; }

    public string? InReplyTo { get; init; }

    public string? VariantOf { get; init; }

    public string? Model { get; init; }

    public string? RequestHash { get; init; }

    public long CreatedAt { get; init; }

    public Message ToMessage() => new(
        MessageId.Parse(Id),
        Conversations.ConversationId.Parse(ConversationId),
        Seq,
        EnumText<MessageRole>.Parse(Role),
        PersonaId is null ? null : Personas.PersonaId.Parse(PersonaId),
        Content,
        Language,
        EnumText<MessageStatus>.Parse(Status),
        ReplyId is null ? null : Replies.ReplyId.Parse(ReplyId),
        InReplyTo is null ? null : MessageId.Parse(InReplyTo),
        VariantOf is null ? null : MessageId.Parse(VariantOf),
        UnixTime.FromMilliseconds(CreatedAt),
        Model);
}
