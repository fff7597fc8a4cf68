using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>The input that a worker needs to generate one reply.</summary>
/// <param name="UserId">The owner of the conversation.</param>
/// <param name="PersonaId">The persona that replies.</param>
/// <param name="Language">BCP 47 tag of the reply; null uses the language of the message.</param>
/// <param name="Messages">The messages up to and including the one to reply to, oldest first; at most the configured number.</param>
[GenerateSerializer, Immutable, Alias("ReplyTask")]
public sealed record ReplyTask(UserId UserId, PersonaId PersonaId, string? Language, ImmutableArray<PromptMessage> Messages);
