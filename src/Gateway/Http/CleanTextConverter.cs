using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Refuses U+0000 and lone surrogates in every text of every request at the door: PostgreSQL cannot store the one,
/// UTF-8 cannot carry the other. (A lone surrogate written as an escape is refused by the reader itself.)
/// </summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A text is expected.");

        string? text;
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException(TextRules.CleanRule);
        }

        return TextRules.IsClean(text) ? text : throw new JsonException(TextRules.CleanRule);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
