using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>Phrases in a persona's style, from which the <c>builtin</c> model composes its replies.</summary>
/// <param name="Openings">First lines of a reply; <c>{topic}</c> stands for the topic of the user's message.</param>
/// <param name="Reflections">The persona's thoughts on the topic; they may contain <c>{topic}</c>.</param>
/// <param name="Questions">Closing questions to the user.</param>
/// <param name="Knowledge">What the persona can say about subjects.</param>
public sealed record PersonaVoice(
    ImmutableArray<string> Openings,
    ImmutableArray<string> Reflections,
    ImmutableArray<string> Questions,
    ImmutableArray<PersonaKnowledge> Knowledge)
{
    // Not required, because voices that were stored before these lists existed do not contain them.

    /// <summary>First lines to a user who is having a hard time. Never a joke.</summary>
    public ImmutableArray<string> Comforts { get; init; } = [];

    /// <summary>Lines that share a user's joy.</summary>
    public ImmutableArray<string> Joys { get; init; } = [];

    /// <summary>How the persona introduces itself.</summary>
    public ImmutableArray<string> Introductions { get; init; } = [];

    /// <summary>Replies to questions about the persona itself.</summary>
    public ImmutableArray<string> Nature { get; init; } = [];
}
