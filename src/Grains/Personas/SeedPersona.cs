using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace JubileeVerse.Personas;

/// <summary>The content of a seed file: <c>Seed/{slug}.json</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeedPersona(
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
    bool IsFeatured,
    int SortOrder,
    string SystemPrompt,
    PersonaVoice Voice)
{
    /// <summary>Hash of the file, which distinguishes versions of a seed.</summary>
    [JsonIgnore]
    public string Hash { get; init; } = "";

    public StoredPersona ToStored() => new(
        new PersonaProfile(
            new Persona(Id, Slug, Name, Title, Category, ShortBio, AvatarUrl, Greeting, ConversationStarters, Languages, IsFeatured),
            SystemPrompt,
            Voice),
        SortOrder);
}
