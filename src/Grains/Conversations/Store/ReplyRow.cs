using JubileeVerse.Replies;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

/// <summary>A row of <c>replies</c>.</summary>
internal sealed class ReplyRow
{
    public const string Columns =
        """
        r.id as Id, r.conversation_id as ConversationId, r.message_id as MessageId, r.message_seq as MessageSeq, r.ordinal as Ordinal,
        r.persona_id as PersonaId, r.client_key as ClientKey, r.variant_of as VariantOf, r.status as Status, r.attempt as Attempt,
        r.text as Text, r.model as Model, r.input_tokens as InputTokens, r.output_tokens as OutputTokens, r.error_code as ErrorCode,
        r.error_text as ErrorText, r.created_at as CreatedAt, r.started_at as StartedAt, r.ended_at as EndedAt
        """;

    public string Id { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public string MessageId { get; init; } = "";

    public long MessageSeq { get; init; }

    public long Ordinal { get; init; }

    public string PersonaId { get; init; } = "";

    public string? ClientKey { get; init; }

    public string? VariantOf { get; init; }

    public string Status { get; init; } = "";

    public int Attempt { get; init; }

    public string? Text { get; init; }

    public string? Model { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    public long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public Reply ToReply() => new(
        ReplyId.Parse(Id),
        Conversations.ConversationId.Parse(ConversationId),
        Conversations.MessageId.Parse(MessageId),
        Personas.PersonaId.Parse(PersonaId),
        EnumText<ReplyStatus>.Parse(Status),
        Attempt,
        Position: null,
        EtaSeconds: null,
        Text ?? "",
        Model is null ? null : new TokenUsage(Model, InputTokens ?? 0, OutputTokens ?? 0),
        ErrorCode is null ? null : new ReplyError(ErrorCode, ErrorText ?? ""),
        UnixTime.FromMilliseconds(CreatedAt),
        UnixTime.FromMilliseconds(StartedAt),
        UnixTime.FromMilliseconds(EndedAt));
}
