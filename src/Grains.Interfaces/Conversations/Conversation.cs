using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>A conversation's own properties, without its messages.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Title">1 to 120 characters; null until one is given or made from the first message.</param>
/// <param name="Personas">Who takes part, 1 to 8; the first answers unless a post names others.</param>
/// <param name="Language">BCP 47 of the answers; null follows the person.</param>
/// <param name="OnBusy">What a post does while a reply is open.</param>
/// <param name="Archived">Left out of the usual list.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastMessageAt">When something was last said; null before the first message.</param>
[GenerateSerializer, Immutable, Alias("Conversation")]
public sealed record Conversation(
    ConversationId Id,
    string? Title,
    ImmutableArray<PersonaId> Personas,
    string? Language,
    OnBusy OnBusy,
    bool Archived,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastMessageAt);
