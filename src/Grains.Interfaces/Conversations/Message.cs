using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>One message.</summary>
/// <param name="Id">The message.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="Seq">Its place there: 1, 2, 3… without gaps.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="PersonaId">Which persona, where one does.</param>
/// <param name="Content">1 to 8,000 UTF-16 code units from a person; an answer may be longer.</param>
/// <param name="Language">BCP 47, where known.</param>
/// <param name="Status">Whole, or what was there when it was stopped.</param>
/// <param name="ReplyId">The reply that made it, for an answer.</param>
/// <param name="InReplyTo">For an answer: the person's message that it answers.</param>
/// <param name="VariantOf">For an answer made again: the first answer to the same message.</param>
/// <param name="CreatedAt">When it was committed.</param>
/// <param name="Model">What made the answer, such as <c>builtin</c>; null for a person's message.</param>
[GenerateSerializer, Immutable, Alias("Message")]
public sealed record Message(
    MessageId Id,
    ConversationId ConversationId,
    long Seq,
    MessageRole Role,
    PersonaId? PersonaId,
    string Content,
    string? Language,
    MessageStatus Status,
    ReplyId? ReplyId,
    MessageId? InReplyTo,
    MessageId? VariantOf,
    DateTimeOffset CreatedAt,
    string? Model);
