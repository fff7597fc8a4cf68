using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>Phrases in a persona's own manner, from which <c>builtin</c> makes its answers.</summary>
/// <param name="Openings">How an answer begins; <c>{topic}</c> stands for what the person spoke of.</param>
/// <param name="Reflections">What the persona makes of it; may hold <c>{topic}</c>.</param>
/// <param name="Questions">How it hands the word back.</param>
/// <param name="Knowledge">What it knows by itself.</param>
public sealed record PersonaVoice(
    ImmutableArray<string> Openings,
    ImmutableArray<string> Reflections,
    ImmutableArray<string> Questions,
    ImmutableArray<PersonaKnowledge> Knowledge)
{
    // A voice that was stored before these lists came has none of them, and is still a voice.

    /// <summary>What it says first to somebody who has a hard time. Never a joke.</summary>
    public ImmutableArray<string> Comforts { get; init; } = [];

    /// <summary>How it is glad with somebody.</summary>
    public ImmutableArray<string> Joys { get; init; } = [];

    /// <summary>What it is here for, in its own words.</summary>
    public ImmutableArray<string> Introductions { get; init; } = [];

    /// <summary>What it answers when it is asked about itself.</summary>
    public ImmutableArray<string> Nature { get; init; } = [];
}

/// <summary>Something a persona can say about a subject.</summary>
/// <param name="Words">Lower-case words, or pairs of words, that bring it to mind.</param>
/// <param name="Lines">Things to say, one is chosen.</param>
public sealed record PersonaKnowledge(ImmutableArray<string> Words, ImmutableArray<string> Lines);
