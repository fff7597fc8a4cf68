using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies;

/// <summary>A message of the conversation, as needed for a prompt.</summary>
[GenerateSerializer, Immutable, Alias("Turn")]
public sealed record PromptMessage(MessageRole Role, PersonaId? PersonaId, string Content);
