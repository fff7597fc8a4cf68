using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>Reads MessagePack as JSON with MessagePack's own converter, which is independent of the server's encoding.</summary>
internal sealed class PackedJsonFormatter : IMessagePackFormatter<JsonElement>
{
    public void Serialize(ref MessagePackWriter writer, JsonElement value, MessagePackSerializerOptions options) =>
        MessagePackSerializer.ConvertFromJson(value.GetRawText(), ref writer, options);

    public JsonElement Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        JsonElement.Parse(MessagePackSerializer.ConvertToJson(reader.ReadRaw(), options));
}
