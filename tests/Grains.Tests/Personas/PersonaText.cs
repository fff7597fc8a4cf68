using System.Text.Json;
using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

internal static class PersonaText
{
    /// <summary>All of a persona in one text: records compare their arrays by reference.</summary>
    public static string Of(StoredPersona persona) => JsonSerializer.Serialize(persona, PersonaJson.Options);
}
