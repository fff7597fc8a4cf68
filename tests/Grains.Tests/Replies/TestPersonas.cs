using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Replies;

internal static class TestPersonas
{
    public static PersonaProfile Seeded(string slug) => PersonaSeed.Load().Single(seed => seed.Slug == slug).ToStored().Profile;

    public static PersonaProfile Named(string name, string prompt = "You are a test.") => new(
        new Persona(
            PersonaId.New(TimeProvider.System),
            name.ToLowerInvariant(),
            name,
            "Title",
            "Category",
            "Bio",
            "/a.svg",
            "Hi",
            ["A"],
            ["en"],
            false),
        prompt,
        new PersonaVoice(["So, {topic}."], ["It is what it is, and that is fine."], ["What else?"], []));
}
