using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>One persona's reply to one message, as the API shows it.</summary>
/// <param name="Id">The reply.</param>
/// <param name="ConversationId">Where it is made.</param>
/// <param name="MessageId">The message it answers.</param>
/// <param name="PersonaId">Who answers.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">Which attempt runs or ran last; 0 before the first.</param>
/// <param name="Position">Place in the queue, 1 is next; null when not queued or not known.</param>
/// <param name="EtaSeconds">Expected wait; null when not known.</param>
/// <param name="Text">The text so far.</param>
/// <param name="Usage">Set when completed.</param>
/// <param name="Error">Set when failed.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="StartedAt">When its first run began.</param>
/// <param name="EndedAt">When it ended.</param>
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
