using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>A reply that has not ended, as it is stored. What its run has produced so far is a <see cref="ReplyProgress"/>.</summary>
/// <param name="Ordinal">The order in which replies of a conversation are made.</param>
/// <param name="ClientKey">The idempotency key of a request to make it again; null for a post's.</param>
/// <param name="VariantOf">The first answer to the same message, when it is made again.</param>
/// <param name="Job">Its job, offered to the queue until the reply ends; null when the job is no longer open.</param>
internal sealed record OpenReply(
    ReplyId Id,
    ConversationId ConversationId,
    MessageId MessageId,
    long MessageSeq,
    long Ordinal,
    PersonaId PersonaId,
    string? ClientKey,
    MessageId? VariantOf,
    DateTimeOffset CreatedAt,
    Job? Job);
