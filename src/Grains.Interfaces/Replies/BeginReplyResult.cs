using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>What a worker that wants to make a reply is told.</summary>
/// <param name="Decision">Whether to go on.</param>
/// <param name="Task">Set when it is <see cref="BeginReplyDecision.Go"/>.</param>
[GenerateSerializer, Immutable, Alias("BeginReplyResult")]
public sealed record BeginReplyResult(BeginReplyDecision Decision, ReplyTask? Task);

/// <summary>Whether a worker may make a reply now.</summary>
[GenerateSerializer, Alias("BeginReplyDecision")]
public enum BeginReplyDecision
{
    /// <summary>The reply has ended, or is not known: the job is done.</summary>
    Ended = 0,

    /// <summary>An older reply of the conversation is still open, or a later run has begun: try later.</summary>
    NotYet = 1,

    /// <summary>Make it.</summary>
    Go = 2,
}

/// <summary>All a worker needs to make one reply.</summary>
/// <param name="UserId">Whose conversation it is.</param>
/// <param name="PersonaId">Who answers.</param>
/// <param name="Language">BCP 47 of the answer; null follows the message.</param>
/// <param name="Turns">The turns up to and with the message to answer, oldest first; at most the configured number.</param>
[GenerateSerializer, Immutable, Alias("ReplyTask")]
public sealed record ReplyTask(UserId UserId, PersonaId PersonaId, string? Language, ImmutableArray<Turn> Turns);

/// <summary>One thing that was said, as a prompt needs it.</summary>
[GenerateSerializer, Immutable, Alias("Turn")]
public sealed record Turn(MessageRole Role, PersonaId? PersonaId, string Content);
