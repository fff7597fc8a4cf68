using System.Text.Json;

namespace JubileeVerse.Personas;

/// <summary>How seeds and the JSON columns are written. A seed with a missing or null field is refused, not half read.</summary>
internal static class PersonaJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
