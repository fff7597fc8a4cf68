using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Realtime.Connections;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Writes a burst as an array of its frames.</summary>
internal sealed class FrameBurstConverter : JsonConverter<FrameBurst>
{
    public override FrameBurst Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames are only written; clients do not send them.");

    public override void Write(Utf8JsonWriter writer, FrameBurst value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value.Frames)
            writer.WriteRawValue(item.Frame.Json.Span, skipInputValidation: true);
        writer.WriteEndArray();
    }
}
