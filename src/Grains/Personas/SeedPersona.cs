using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace JubileeVerse.Personas;

/// <summary>One persona as its seed file has it: <c>Seed/{slug}.json</c>.</summary>
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
    /// <summary>Tells two versions of a seed apart.</summary>
    [JsonIgnore]
    public string Hash { get; init; } = "";

    public StoredPersona ToStored() => new(
        new PersonaProfile(
            new Persona(Id, Slug, Name, Title, Category, ShortBio, AvatarUrl, Greeting, ConversationStarters, Languages, IsFeatured),
            SystemPrompt,
            Voice),
        SortOrder);
}
