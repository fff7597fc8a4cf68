using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Rejects U+0000 and unpaired surrogates in every string of every request body, because PostgreSQL cannot store the former and UTF-8
/// cannot encode the latter. (The JSON reader itself rejects an unpaired surrogate that is written as an escape.)
/// </summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("Must be a string.");

        string? text;
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException(StorableText.Rule);
        }

        return StorableText.IsStorable(text) ? text : throw new JsonException(StorableText.Rule);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
