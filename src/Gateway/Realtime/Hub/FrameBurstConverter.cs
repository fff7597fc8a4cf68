using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Writes a burst as the list of its frames.</summary>
internal sealed class FrameBurstConverter : JsonConverter<FrameBurst>
{
    public override FrameBurst Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Clients send no frames.");

    public override void Write(Utf8JsonWriter writer, FrameBurst value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value.Frames)
            writer.WriteRawValue(item.Frame.Json.Span, skipInputValidation: true);
        writer.WriteEndArray();
    }
}
