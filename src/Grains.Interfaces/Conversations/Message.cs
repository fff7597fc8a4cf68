using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>A message of a conversation.</summary>
/// <param name="Seq">Sequence number in the conversation: 1, 2, 3… without gaps.</param>
/// <param name="Role">Who wrote the message.</param>
/// <param name="PersonaId">The persona that wrote it; null for other roles.</param>
/// <param name="Content">1 to 8,000 UTF-16 code units from a user; a reply may be longer.</param>
/// <param name="Language">BCP 47; null if unknown.</param>
/// <param name="Status">Completed, or the partial text of a cancelled reply.</param>
/// <param name="ReplyId">The reply that produced the message; null for a user's message.</param>
/// <param name="InReplyTo">The user's message that the reply belongs to; null for a user's message.</param>
/// <param name="VariantOf">For a regenerated reply: the first reply to the same message; otherwise null.</param>
/// <param name="CreatedAt">When the message was committed.</param>
/// <param name="Model">The model that generated the reply, such as <c>builtin</c>; null for a user's message.</param>
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
