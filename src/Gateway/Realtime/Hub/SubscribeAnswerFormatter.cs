using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Writes an answer as its JSON says it, and the frames in it, of which there may be a thousand, as the bytes that they have.</summary>
internal sealed class SubscribeAnswerFormatter : IMessagePackFormatter<SubscribeAnswer>
{
    private const int Fields = 6;

    public void Serialize(ref MessagePackWriter writer, SubscribeAnswer value, MessagePackSerializerOptions options)
    {
        writer.WriteMapHeader(Fields);
        writer.Write("channel");
        writer.Write(value.Channel.Value);
        writer.Write("recovered");
        writer.Write(value.Recovered);
        writer.Write("epoch");
        writer.Write(value.Epoch);
        writer.Write("offset");
        writer.Write(value.Offset);
        writer.Write("events");
        writer.WriteArrayHeader(value.Events.Length);
        foreach (var frame in value.Events)
            writer.WriteRaw(frame.Packed(MessagePackJson.Pack).Span);
        writer.Write("error");
        writer.Write(value.Error);
    }

    public SubscribeAnswer Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Clients send no answers.");
}
