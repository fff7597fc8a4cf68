using System.Text.Json;

namespace JubileeVerse.Personas;

/// <summary>JSON options of seed files and JSON columns. A seed with a missing or null field is rejected as a whole.</summary>
internal static class PersonaJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
