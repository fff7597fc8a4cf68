using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>Lines that a persona can say about a subject.</summary>
/// <param name="Words">Lower-case words, or pairs of words, that select the subject.</param>
/// <param name="Lines">Lines, of which one is chosen.</param>
public sealed record PersonaKnowledge(ImmutableArray<string> Words, ImmutableArray<string> Lines);
