using System.Collections.Frozen;
using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies.Prompts;

/// <summary>The input of a prompt.</summary>
/// <param name="Persona">The persona that replies.</param>
/// <param name="Language">BCP 47 tag of the reply's language; null for the language of the newest message.</param>
/// <param name="Turns">Oldest first; the last one with the role "user" is the newest message.</param>
/// <param name="OtherNames">Names of the other personas in the conversation.</param>
internal sealed record PromptParts(
    PersonaProfile Persona,
    string? Language,
    ImmutableArray<PromptMessage> Turns,
    FrozenDictionary<PersonaId, string> OtherNames);
