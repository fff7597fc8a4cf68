using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Writes a frame's bytes as they are.</summary>
internal sealed class SharedFrameConverter : JsonConverter<SharedFrame>
{
    public override SharedFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Clients send no frames.");

    public override void Write(Utf8JsonWriter writer, SharedFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
