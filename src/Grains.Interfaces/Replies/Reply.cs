using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>A persona's reply to one message, as shown by the API.</summary>
/// <param name="MessageId">The message that it replies to.</param>
/// <param name="PersonaId">The persona that replies.</param>
/// <param name="Attempt">The current or last attempt; 0 before the first.</param>
/// <param name="Position">Rank in the queue, 1 is next; null if the reply is not queued or the rank is unknown.</param>
/// <param name="EtaSeconds">Expected waiting time; null if unknown.</param>
/// <param name="Text">The text so far.</param>
/// <param name="Usage">Set if the reply is completed.</param>
/// <param name="Error">Set if the reply has failed.</param>
/// <param name="CreatedAt">When the reply was accepted.</param>
/// <param name="StartedAt">When its first run began.</param>
/// <param name="EndedAt">When the reply ended.</param>
[GenerateSerializer, Immutable, Alias("Reply")]
public sealed record Reply(
    ReplyId Id,
    ConversationId ConversationId,
    MessageId MessageId,
    PersonaId PersonaId,
    ReplyStatus Status,
    int Attempt,
    int? Position,
    int? EtaSeconds,
    string Text,
    TokenUsage? Usage,
    ReplyError? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);
