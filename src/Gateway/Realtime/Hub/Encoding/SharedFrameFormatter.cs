using JubileeVerse.Gateway.Realtime.Feeds;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Writes a frame as its cached MessagePack bytes.</summary>
internal sealed class SharedFrameFormatter : IMessagePackFormatter<SharedFrame>
{
    public void Serialize(ref MessagePackWriter writer, SharedFrame value, MessagePackSerializerOptions options) =>
        writer.WriteRaw(value.Packed(MessagePackJson.Pack).Span);

    public SharedFrame Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Frames are only written; clients do not send them.");
}
