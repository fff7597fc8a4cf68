using JubileeVerse.Gateway.Realtime.Connections;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>Writes a burst as an array of its frames.</summary>
internal sealed class FrameBurstFormatter : IMessagePackFormatter<FrameBurst>
{
    public void Serialize(ref MessagePackWriter writer, FrameBurst value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(value.Frames.Count);
        foreach (var item in value.Frames)
            writer.WriteRaw(item.Frame.Packed(MessagePackJson.Pack).Span);
    }

    public FrameBurst Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Frames are only written; clients do not send them.");
}
