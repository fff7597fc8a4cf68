using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Shows packed bytes as the JSON that MessagePack's own converter makes of them, which knows nothing of how the server packs.</summary>
internal sealed class PackedJsonFormatter : IMessagePackFormatter<JsonElement>
{
    public void Serialize(ref MessagePackWriter writer, JsonElement value, MessagePackSerializerOptions options) =>
        MessagePackSerializer.ConvertFromJson(value.GetRawText(), ref writer, options);

    public JsonElement Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        JsonElement.Parse(MessagePackSerializer.ConvertToJson(reader.ReadRaw(), options));
}
