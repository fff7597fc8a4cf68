using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Writes a frame as its cached JSON bytes.</summary>
internal sealed class SharedFrameConverter : JsonConverter<SharedFrame>
{
    public override SharedFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames are only written; clients do not send them.");

    public override void Write(Utf8JsonWriter writer, SharedFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
