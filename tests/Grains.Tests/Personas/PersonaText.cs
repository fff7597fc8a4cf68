using System.Text.Json;
using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

internal static class PersonaText
{
    /// <summary>Serializes a persona for comparison, because records compare their arrays by reference.</summary>
    public static string Serialize(StoredPersona persona) => JsonSerializer.Serialize(persona, PersonaJson.Options);
}
