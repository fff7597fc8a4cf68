using System.Collections.Frozen;
using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Replies.Prompts;

/// <summary>What a prompt is made of.</summary>
/// <param name="Persona">Who answers.</param>
/// <param name="Language">BCP 47 of the answer; null follows the newest message.</param>
/// <param name="Turns">Oldest first; the last one of a person is the newest message.</param>
/// <param name="OtherNames">Names of other personas that have spoken.</param>
internal sealed record PromptParts(
    PersonaProfile Persona,
    string? Language,
    ImmutableArray<Turn> Turns,
    FrozenDictionary<PersonaId, string> OtherNames);
