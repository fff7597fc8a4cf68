using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Serializes a value to MessagePack through its JSON.</summary>
internal sealed class JsonFormatter<T> : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
        MessagePackJson.Write(ref writer, JsonSerializer.SerializeToUtf8Bytes(value, HubJson.Options));

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(MessagePackJson.Read(ref reader, options.Security).Span, HubJson.Options)!;
}
