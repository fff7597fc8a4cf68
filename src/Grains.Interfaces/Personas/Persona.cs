using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>The public properties of a persona. The system prompt is never among them.</summary>
[GenerateSerializer, Immutable, Alias("Persona")]
public sealed record Persona(
    PersonaId Id,
    string Slug,
    string Name,
    string Title,
    string Category,
    string ShortBio,
    string AvatarUrl,
    string Greeting,
    ImmutableArray<string> ConversationStarters,
    ImmutableArray<string> Languages,
    bool IsFeatured);
