using JubileeVerse.Gateway.Realtime.Subscriptions;
using MessagePack;
using MessagePack.Formatters;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>
/// Writes a result with the same properties as its JSON. Its frames, of which there may be a thousand, are written as their cached bytes.
/// </summary>
internal sealed class SubscribeResultFormatter : IMessagePackFormatter<SubscribeResult>
{
    private const int Fields = 6;

    public void Serialize(ref MessagePackWriter writer, SubscribeResult value, MessagePackSerializerOptions options)
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

    public SubscribeResult Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Results are only written; clients do not send them.");
}
