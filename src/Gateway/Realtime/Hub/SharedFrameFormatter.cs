using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Writes a frame's packed bytes as they are.</summary>
internal sealed class SharedFrameFormatter : IMessagePackFormatter<SharedFrame>
{
    public void Serialize(ref MessagePackWriter writer, SharedFrame value, MessagePackSerializerOptions options) =>
        writer.WriteRaw(value.Packed(MessagePackJson.Pack).Span);

    public SharedFrame Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Clients send no frames.");
}
