using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

internal static class StoredPersonas
{
    public static StoredPersona Create(
        string slug, int order = 0, string category = "Wisdom", bool featured = false, string[]? languages = null) => new(
        new PersonaProfile(
            new Persona(
                PersonaId.New(TimeProvider.System),
                slug,
                $"Name of {slug}",
                "Title",
                category,
                "Bio",
                "/a.svg",
                "Hi",
                ["A"],
                [.. languages ?? ["en"]],
                featured),
            "Prompt",
            new PersonaVoice(["a"], ["b"], ["c"], [])),
        order);
}
