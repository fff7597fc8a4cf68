using JubileeVerse.Personas;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>A reply that has not ended, as stored. The text of its run so far is in <see cref="ReplyProgress"/>.</summary>
/// <param name="Ordinal">Orders the replies of a conversation; they run in this order.</param>
/// <param name="ClientKey">The idempotency key of a request to regenerate replies; null for a post's replies.</param>
/// <param name="VariantOf">The persona's first reply to the same message, when this one is a regeneration.</param>
/// <param name="Job">The reply's job, which is offered to the queue until the reply ends; null when the job is no longer open.</param>
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
