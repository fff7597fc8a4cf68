using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Identity;

/// <summary>Reads and writes an id as its text. Invalid text throws a <see cref="JsonException"/>, which names the path.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IId<T>.TryParseText(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, out var id)
            ? id
            : throw new JsonException($"Expected a UUID for {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
