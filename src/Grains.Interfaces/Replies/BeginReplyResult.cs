using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>The result of a worker's request to generate a reply.</summary>
/// <param name="Decision">Whether the worker may generate the reply.</param>
/// <param name="Task">Set if the decision is <see cref="BeginReplyDecision.Proceed"/>.</param>
[GenerateSerializer, Immutable, Alias("BeginReplyResult")]
public sealed record BeginReplyResult(BeginReplyDecision Decision, ReplyTask? Task);

/// <summary>Whether a worker may generate a reply now.</summary>
[GenerateSerializer, Alias("BeginReplyDecision")]
public enum BeginReplyDecision
{
    /// <summary>The reply has ended or does not exist, so the job is done.</summary>
    Ended = 0,

    /// <summary>An older reply of the conversation is still open, or a later run has begun, so the worker must retry later.</summary>
    NotYet = 1,

    /// <summary>The worker generates the reply.</summary>
    Proceed = 2,
}

/// <summary>The input that a worker needs to generate one reply.</summary>
/// <param name="UserId">The owner of the conversation.</param>
/// <param name="PersonaId">The persona that replies.</param>
/// <param name="Language">BCP 47 tag of the reply; null uses the language of the message.</param>
/// <param name="Messages">The messages up to and including the one to reply to, oldest first; at most the configured number.</param>
[GenerateSerializer, Immutable, Alias("ReplyTask")]
public sealed record ReplyTask(UserId UserId, PersonaId PersonaId, string? Language, ImmutableArray<PromptMessage> Messages);

/// <summary>A message of the conversation, as needed for a prompt.</summary>
[GenerateSerializer, Immutable, Alias("Turn")]
public sealed record PromptMessage(MessageRole Role, PersonaId? PersonaId, string Content);
